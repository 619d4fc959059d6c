#pragma once

/// \file
/// Checks of single members against their description: allowed values, bounds, sizes. A kind's own checks ask
/// for them at their place, so that the order of refusals is theirs and every list of values, bound and size
/// stands in the description alone. `check_schema.hpp` checks whole values.

#include <berth/api/validation.hpp>
#include <berth/core/config.hpp>
#include <berth/object/field_of.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace berth::api {

/// Refuses a text that is none of a member's allowed values. Whether it is one.
BERTH_DECL auto check_allowed(object::field_info const& f, std::string_view text, field_path const& at,
                              field_errors& errors) -> bool;

/// What is wrong with a number that is out of a member's bounds.
[[nodiscard]] BERTH_DECL auto bounds_problem(object::field_info const& f) -> std::string;

/// Refuses a number that is out of a member's bounds. Whether it is within.
BERTH_DECL auto check_bounds(object::field_info const& f, std::int64_t n, field_path const& at,
                             field_errors& errors) -> bool;

/// Refuses a list that is longer than the member may be.
inline auto check_most(object::field_info const& f, std::size_t actual, field_path const& at,
                       field_errors& errors) -> void {
    if (static_cast<std::int64_t>(actual) > f.details->max_size)
        errors.too_many(at, static_cast<std::int64_t>(actual), f.details->max_size);
}

/// Refuses a text that is longer, in bytes, than the member may be.
inline auto check_longest(object::field_info const& f, std::string_view text, field_path const& at,
                          field_errors& errors) -> void {
    if (static_cast<std::int64_t>(text.size()) > f.details->max_size)
        errors.too_long(at, f.details->max_size);
}

/// A member's allowed values as Go prints a list, for sentences: `["In" "NotIn"]`.
[[nodiscard]] BERTH_DECL auto shown_allowed(object::field_info const& f) -> std::string;

namespace detail {

/// The number in a member, if it is one that is there.
BERTH_DECL auto number_in(object::type_info const& type, void const* value) -> std::optional<std::int64_t>;

/// The text in a member, if it is one that is there.
BERTH_DECL auto text_in(object::type_info const& type, void const* value) -> std::optional<std::string_view>;

} // namespace detail

/// Refuses the numbers among a record's members that are out of their bounds, in the order of the
/// description. Records in it are not looked at.
BERTH_DECL auto check_bounds(object::type_info const& type, void const* record, field_path const& at,
                             field_errors& errors) -> void;
/// See above.
template <object::described T>
auto check_bounds(T const& record, field_path const& at, field_errors& errors) -> void {
    check_bounds(object::type_of<T>(), &record, at, errors);
}

namespace detail {

inline auto check_text_in(object::field_info const& f, void const* record, field_path const& at,
                          field_errors& errors) -> bool {
    auto const text = text_in(f.type(), f.in(record));
    return !text || check_allowed(f, *text, at.child(f.name), errors);
}
BERTH_DECL auto require_text_in(object::field_info const& f, void const* record, field_path const& at,
                                field_errors& errors, std::string_view why) -> bool;
inline auto check_number_in(object::field_info const& f, void const* record, field_path const& at,
                            field_errors& errors) -> bool {
    auto const n = number_in(f.type(), f.in(record));
    return !n || check_bounds(f, *n, at.child(f.name), errors);
}

} // namespace detail

/// Refuses a record's member that is none of its allowed values; `at` is the path of the record. An absent
/// optional may be. Whether it is one: `check_allowed(spec, &pod_spec::dns_policy, at, errors)`.
template <object::described T, class M>
auto check_allowed(T const& record, M T::* member, field_path const& at, field_errors& errors) -> bool {
    return detail::check_text_in(object::field_of(member), &record, at, errors);
}

/// The same, and refuses an empty text as missing; `why` says what was to be there.
template <object::described T, class M>
auto require_allowed(T const& record, M T::* member, field_path const& at, field_errors& errors,
                     std::string_view why = {}) -> bool {
    return detail::require_text_in(object::field_of(member), &record, at, errors, why);
}

/// Refuses a record's member that is a number out of its bounds; `at` is the path of the record. An absent
/// optional may be. Whether it is within.
template <object::described T, class M>
auto check_bounds(T const& record, M T::* member, field_path const& at, field_errors& errors) -> bool {
    return detail::check_number_in(object::field_of(member), &record, at, errors);
}

} // namespace berth::api

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/api/check_field.ipp>
#endif
