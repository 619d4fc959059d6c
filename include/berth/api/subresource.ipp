#pragma once

/// \file
/// The bodies of `berth/api/subresource.hpp`.

#include <berth/api/subresource.hpp>
#include <berth/core/config.hpp>

namespace berth::api {

BERTH_DECL auto subresource::has_verb(verb v) const -> bool {
    for (auto const known : verbs)
        if (known == v) return true;
    return false;
}

} // namespace berth::api

namespace berth::api::detail {

BERTH_DECL auto scale_columns() -> std::vector<column> {
    auto const number = [](std::int32_t n) { return cell(std::int64_t{n}); };
    auto const of = [](void const* p) -> scale const& { return *static_cast<scale const*>(p); };
    auto const name = [of](void const* p, time_point) { return cell(of(p).metadata.name); };
    auto const wanted = [of, number](void const* p, time_point) { return number(of(p).spec.replicas); };
    auto const there = [of, number](void const* p, time_point) { return number(of(p).status.replicas); };
    auto const age = [of](void const* p, time_point now) {
        return cell(age_of(of(p).metadata.creation_timestamp, now));
    };
    return {{"Name", name, "string", "name", 0, name_description},
            {"Desired", wanted, "integer", "", 0, "How many replicas are wanted."},
            {"Available", there, "integer", "", 0, "How many replicas there are."},
            {"Age", age, "date", "", 0, "How long ago it was created."}};
}

} // namespace berth::api::detail
