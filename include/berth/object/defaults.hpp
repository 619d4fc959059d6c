#pragma once

/// \file
/// Fills in the defaults that a description tells (`.fallback`): those that do not depend on anything else.

#include <berth/core/config.hpp>
#include <berth/object/field_of.hpp>

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

namespace berth::object {

namespace detail {

/// The scalar that a JSON text without escapes is.
BERTH_DECL auto token_of(std::string_view json) -> scalar_token;

} // namespace detail

/// Whether a default says an empty record, map or list, or is one of a leaf. (Those of types described at run
/// time may say more; such are left to whoever reads JSON.)
[[nodiscard]] inline auto is_plain_default(std::string_view json) -> bool {
    return !json.empty() && ((json.front() != '{' && json.front() != '[') || json.size() == 2);
}

/// Sets a member to its default, if it has one and the member is zero.
BERTH_DECL auto apply_default(field_info const& f, void* record) -> void;

/// Sets every member that is zero and has a default, in a value of `type` and in all that is in it. What is
/// absent stays absent: only members of records that are there get defaults.
BERTH_DECL auto apply_defaults(type_info const& type, void* value) -> void;

/// See above.
template <described T> auto apply_defaults(T& value) -> void { apply_defaults(type_of<T>(), &value); }

/// Sets one member to its default, if it is zero: `apply_default(spec, &pod_spec::restart_policy)`.
template <described T, class M> auto apply_default(T& value, M T::* member) -> void {
    apply_default(field_of(member), &value);
}

} // namespace berth::object

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/object/defaults.ipp>
#endif
