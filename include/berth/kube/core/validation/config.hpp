#pragma once

/// \file
/// Checks of what objects that only hold data have in common (Kubernetes 1.36, `pkg/apis/core/validation`).

#include <berth/core/config.hpp>
#include <berth/kube/meta/validation.hpp>

namespace berth::kube::detail {

/// The most bytes that a config map or secret may hold.
inline constexpr std::size_t config_size_limit = 1024 * 1024;

inline auto validate_config_key(std::string_view key, field_path const& at, field_errors& errors) -> void {
    if (!object::is_config_key(key)) errors.invalid_all(at.key(key), key, object::config_key_problems(key));
}

/// Checks that what is immutable stays as it is.
BERTH_DECL auto validate_immutable(bool fixed, bool still_fixed, bool same, std::string_view field,
                                   field_errors& errors) -> void;

} // namespace berth::kube::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/validation/config.ipp>
#endif
