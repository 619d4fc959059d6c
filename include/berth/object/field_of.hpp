#pragma once

/// \file
/// What the description says of one member, found by a pointer to it: `field_of(&pod_spec::restart_policy)`.
/// Whatever needs the allowed values, a bound or the default of a member asks for it here, so that each of
/// them stands in one place.

#include <berth/core/config.hpp>
#include <berth/object/reflect.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <stdexcept>
#include <string_view>

namespace berth::object {

namespace detail {

/// The member that begins at `offset`.
BERTH_DECL auto member_at(type_info const& type, std::ptrdiff_t offset) -> field_info const&;

} // namespace detail

/// The description of a member. Linear in the number of members; no allocation.
template <described T, class M> [[nodiscard]] auto field_of(M T::* member) -> field_info const& {
    // A pointer to a member of a plain aggregate is the member's offset (C++ ABI, 2.3.1).
    auto offset = std::ptrdiff_t{0};
    static_assert(sizeof(member) == sizeof(offset));
    std::memcpy(&offset, &member, sizeof(offset));
    return detail::member_at(type_of<T>(), offset);
}

/// Whether a text is one of those that a member may be. No allocation.
[[nodiscard]] BERTH_DECL auto is_allowed(field_info const& f, std::string_view text) -> bool;

/// Whether a number is within the bounds of a member.
[[nodiscard]] constexpr auto is_in_bounds(field_info const& f, std::int64_t n) -> bool {
    return n >= f.details->minimum && n <= f.details->maximum;
}

} // namespace berth::object

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/object/field_of.ipp>
#endif
