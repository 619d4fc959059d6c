#pragma once

/// \file
/// The bodies of `berth/kube/meta/validation/conditions.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/meta/validation/conditions.hpp>

#include <set>

namespace berth::kube::detail {

/// `[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?`
inline auto is_condition_reason(std::string_view text) -> bool {
    auto const is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    auto const is_word = [](char c) { return object::detail::is_alphanumeric(c) || c == '_'; };
    return !text.empty() && is_letter(text.front()) && is_word(text.back()) &&
           object::detail::all_are(text, [&](char c) { return is_word(c) || c == ',' || c == ':'; });
}

inline auto validate_condition(object::condition const& c, field_path const& at, field_errors& errors)
    -> void {
    constexpr std::size_t longest_reason = 1024;
    constexpr std::size_t longest_message = 32768;
    auto const reason = at.child("reason");
    validate_label_name(c.type, at.child("type"), errors);
    check_allowed(c, &object::condition::status, at, errors);
    if (c.observed_generation.value_or(0) < 0)
        errors.invalid(at.child("observedGeneration"), *c.observed_generation,
                       "must be greater than or equal to zero");
    if (c.last_transition_time.is_zero()) errors.required(at.child("lastTransitionTime"), "must be set");
    if (c.reason.empty()) errors.required(reason, "must be set");
    else if (!is_condition_reason(c.reason))
        errors.invalid(
            reason, c.reason,
            "a condition reason must start with alphabetic character, optionally followed by a "
            "string of alphanumeric characters or '_,:', and must end with an alphanumeric "
            "character or '_' (e.g. 'my_name',  or 'MY_NAME',  or 'MyName',  or 'ReasonA,ReasonB',  "
            "or 'ReasonA:ReasonB', regex used for validation is "
            "'[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?')");
    if (c.reason.size() > longest_reason) errors.too_long(reason, longest_reason);
    if (c.message.size() > longest_message) errors.too_long(at.child("message"), longest_message);
}

BERTH_DECL auto validate_conditions(object::list<object::condition> const& conditions, field_path const& at,
                                    field_errors& errors) -> void {
    auto seen = std::set<std::string_view>();
    for (std::size_t i = 0; i < conditions.size(); ++i) {
        auto const one = at.index(i);
        if (!seen.insert(conditions[i].type).second) errors.duplicate(one.child("type"), conditions[i].type);
        validate_condition(conditions[i], one, errors);
    }
}

} // namespace berth::kube::detail
