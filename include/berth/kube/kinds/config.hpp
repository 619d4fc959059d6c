#pragma once

/// \file
/// Kinds that only hold data: config maps, secrets, service accounts (kubernetes 1.36, `pkg/registry/core`).

#include <berth/kube/columns.hpp>
#include <berth/kube/defaults/cluster.hpp>
#include <berth/kube/types/config_map.hpp>
#include <berth/kube/types/secret.hpp>
#include <berth/kube/types/service_account.hpp>
#include <berth/kube/validation/config.hpp>

namespace berth::kube {

namespace detail {

inline auto config_map_row(config_map const& c, time_point now) -> api::table_row {
    return {.cells = {c.metadata.name, static_cast<std::int64_t>(c.data.size() + c.binary_data.size()),
                      since(c.metadata.creation_timestamp, now)},
            .condition_reason = {},
            .condition_message = {}};
}

inline auto secret_row(secret const& s, time_point now) -> api::table_row {
    return {.cells = {s.metadata.name, s.type, static_cast<std::int64_t>(s.data.size()),
                      since(s.metadata.creation_timestamp, now)},
            .condition_reason = {},
            .condition_message = {}};
}

inline auto service_account_row(service_account const& a, time_point now) -> api::table_row {
    return {.cells = {a.metadata.name, since(a.metadata.creation_timestamp, now)},
            .condition_reason = {},
            .condition_message = {}};
}

/// `stringData` is for writing only: it becomes part of `data`.
inline auto take_string_data(secret& s) -> void {
    for (auto const& [key, value] : s.string_data) s.data[key].data = value;
    s.string_data.clear();
}

inline auto prepare_secret_update(secret& now, secret const& before) -> void {
    take_string_data(now);
    if (now.type.empty()) now.type = before.type;
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

[[nodiscard]] inline auto secret_kind() -> api::kind_of<secret> {
    auto k = api::kind_of<secret>{};
    k.set_defaults = &set_defaults;
    k.prepare_create = &detail::take_string_data;
    k.prepare_update = &detail::prepare_secret_update;
    k.validate = &validate;
    k.validate_update = &validate_update;
    k.field_labels = {{"type", [](secret const& s) { return s.type; }}};
    k.columns = {name_column, text_column("Type"), text_column("Data"), age_column};
    k.row = &detail::secret_row;
    return k;
}

[[nodiscard]] inline auto service_account_kind() -> api::kind_of<service_account> {
    auto k = api::kind_of<service_account>{};
    k.short_names = {"sa"};
    k.returns_deleted = true;
    k.validate = &validate;
    k.validate_update = &validate_update;
    k.columns = {name_column, age_column};
    k.row = &detail::service_account_row;
    return k;
}

} // namespace berth::kube
