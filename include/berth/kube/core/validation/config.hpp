#pragma once

/// \file
/// Checks of what objects that only hold data have in common (Kubernetes 1.36, `pkg/apis/core/validation`).

#include <berth/kube/meta/validation.hpp>

namespace berth::kube::detail {

/// The most bytes that a config map or secret may hold.
inline constexpr std::size_t config_size_limit = 1024 * 1024;

inline auto validate_config_key(std::string_view key, field_path const& at, field_errors& errors) -> void {
    if (!object::is_config_key(key)) errors.invalid_all(at.key(key), key, object::config_key_problems(key));
}

/// Checks that what is immutable stays as it is.
inline auto validate_immutable(bool fixed, bool still_fixed, bool same, std::string_view field,
                               field_errors& errors) -> void {
    constexpr auto why = "field is immutable when `immutable` is set";
    if (!fixed) return;
    if (field == "immutable" ? !still_fixed : !same) errors.forbidden(field_path(field), why);
}

} // namespace berth::kube::detail
