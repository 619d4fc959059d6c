#pragma once

/// \file
/// How secrets behave in the API, and their table (kubernetes 1.36, `pkg/registry/core/secret`).

#include <berth/api/kind.hpp>
#include <berth/kube/columns.hpp>
#include <berth/kube/core/secret/defaults.hpp>
#include <berth/kube/core/secret/type.hpp>
#include <berth/kube/core/secret/validation.hpp>

namespace berth::kube {

namespace detail {

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

[[nodiscard]] inline auto secret_kind() -> api::kind_of<secret> {
    auto k = api::kind_of<secret>{};
    k.metadata.on_update = api::metadata_rules::again::all;
    k.set_defaults = &set_defaults;
    k.prepare_create = &detail::take_string_data;
    k.prepare_update = &detail::prepare_secret_update;
    k.validate = &validate;
    k.validate_update = &validate_update;
    k.field_labels = {{"type", [](secret const& s) { return s.type; }}};
    k.columns = {name_column<secret>(),
                 column<secret>("Type", [](secret const& s, time_point) -> api::cell { return s.type; }),
                 column<secret>("Data",
                                [](secret const& s, time_point) -> api::cell {
                                    return static_cast<std::int64_t>(s.data.size());
                                }),
                 age_column<secret>()};
    return k;
}

} // namespace berth::kube
