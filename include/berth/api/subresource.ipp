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

BERTH_DECL auto as_subresource(part p) -> subresource {
    using enum verb;
    auto const whole = p.member != nullptr || p.readable;
    return {p.name, whole ? verb_list{get, patch, update} : verb_list{update}, nullptr, std::move(p)};
}

BERTH_DECL auto as_subresource(projection p) -> subresource {
    using enum verb;
    return {p.name, {get, patch, update}, p.type->resource, std::move(p)};
}

BERTH_DECL auto as_subresource(action a) -> subresource {
    return {a.name, {verb::create}, a.body->resource, std::move(a)};
}

BERTH_DECL auto as_subresource(stream_subresource const& s) -> subresource {
    return {s.name, s.verbs, s.options, s};
}

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
