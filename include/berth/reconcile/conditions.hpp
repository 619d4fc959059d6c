#pragma once

/// \file
/// Conditions: named observations in the status of an object.

#include <berth/core/time.hpp>
#include <berth/object/meta.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace berth::reconcile {

/// What is observed of an object.
struct observation {
    std::string type;         ///< of the condition, such as `Ready`
    std::string status;       ///< `True`, `False` or `Unknown`
    std::string reason = {};  ///< one word, for programs
    std::string message = {}; ///< for people
};

/// Sets the condition of that type in a list of them (of `object::condition`, or of a kind's own that has the
/// same members; further ones stay as they are). When its status changes, and only then,
/// `last_transition_time` becomes `now`: to set what is set already changes nothing.
///
///     set_condition(after.status.conditions, {.type = "Ready", .status = "True"}, world.now());
template <class Conditions>
auto set_condition(Conditions& in, observation what, time_point now) -> void {
    auto* c = object::find_condition(in, what.type);
    if (c == nullptr) {
        c = &in.emplace_back();
        c->type = std::move(what.type);
    }
    if (c->status != what.status) c->last_transition_time = object::timestamp(now);
    c->status = std::move(what.status);
    c->reason = std::move(what.reason);
    c->message = std::move(what.message);
}

/// Takes a condition away, if it is there.
template <class Conditions> auto remove_condition(Conditions& from, std::string_view type) -> void {
    erase_if(from, [&](auto const& c) { return c.type == type; });
}

/// Whether the condition of that type is there and `True`.
template <class Conditions>
[[nodiscard]] auto is_true(Conditions const& conditions, std::string_view type) -> bool {
    auto const* const c = object::find_condition(conditions, type);
    return c != nullptr && c->status == "True";
}

} // namespace berth::reconcile
