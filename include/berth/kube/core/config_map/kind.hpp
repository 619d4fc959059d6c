#pragma once

/// \file
/// How config maps behave in the API, and their table (kubernetes 1.36, `pkg/registry/core/configmap`).

#include <berth/api/kind.hpp>
#include <berth/kube/columns.hpp>
#include <berth/kube/core/config_map/type.hpp>
#include <berth/kube/core/config_map/validation.hpp>

namespace berth::kube {

[[nodiscard]] inline auto config_map_kind() -> api::kind_of<config_map> {
    auto k = api::kind_of<config_map>{};
    k.metadata.on_update = api::metadata_rules::again::all;
    k.short_names = {"cm"};
    k.validate = &validate;
    k.validate_update = &validate_update;
    k.columns = {name_column<config_map>(),
                 column<config_map>("Data",
                                    [](config_map const& c, time_point) -> api::cell {
                                        return static_cast<std::int64_t>(c.data.size() +
                                                                         c.binary_data.size());
                                    }),
                 age_column<config_map>()};
    return k;
}

} // namespace berth::kube
