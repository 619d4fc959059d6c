#pragma once

/// \file
/// The bodies of `berth/kube/core/config_map/kind.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/config_map/kind.hpp>

namespace berth::kube {

BERTH_DECL auto config_map_kind() -> api::kind_of<config_map> {
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
