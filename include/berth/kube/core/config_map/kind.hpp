#pragma once

/// \file
/// How config maps behave in the API, and their table (kubernetes 1.36, `pkg/registry/core/configmap`).

#include <berth/api/kind.hpp>
#include <berth/kube/columns.hpp>
#include <berth/kube/core/config_map/type.hpp>
#include <berth/kube/core/config_map/validation.hpp>

namespace berth::kube {

namespace detail {

inline auto config_map_row(config_map const& c, time_point now) -> api::table_row {
    return {.cells = {c.metadata.name, static_cast<std::int64_t>(c.data.size() + c.binary_data.size()),
                      since(c.metadata.creation_timestamp, now)},
            .condition_reason = {},
            .condition_message = {}};
}

} // namespace detail

[[nodiscard]] inline auto config_map_kind() -> api::kind_of<config_map> {
    auto k = api::kind_of<config_map>{};
    k.short_names = {"cm"};
    k.validate = &validate;
    k.validate_update = &validate_update;
    k.columns = {name_column, text_column("Data"), age_column};
    k.row = &detail::config_map_row;
    return k;
}

} // namespace berth::kube
