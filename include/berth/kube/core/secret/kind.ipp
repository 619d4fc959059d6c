#pragma once

/// \file
/// The bodies of `berth/kube/core/secret/kind.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/secret/kind.hpp>

namespace berth::kube::detail {

/// `stringData` is for writing only: it becomes part of `data`.
inline auto take_string_data(secret& s) -> void {
    for (auto const& [key, value] : s.string_data) s.data[key].data = value;
    s.string_data.clear();
}

inline auto prepare_secret_update(secret& now, secret const& before) -> void {
    take_string_data(now);
    if (now.type.empty()) now.type = before.type;
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto secret_kind() -> api::kind_of<secret> {
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
