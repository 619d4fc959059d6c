#pragma once

/// \file
/// Checks of security contexts (Kubernetes 1.36, `pkg/apis/core/validation`).

#include <berth/core/config.hpp>
#include <berth/kube/core/pod/spec.hpp>
#include <berth/kube/core/validation/resources.hpp>
#include <berth/kube/meta/validation/internal_value.hpp>
#include <berth/kube/meta/validation/paths.hpp>

#include <string_view>

namespace berth::kube::detail {

inline auto is_blank(char c) -> bool { return c == ' ' || (c >= '\t' && c <= '\r'); }
inline auto is_padded(std::string_view text) -> bool {
    return !text.empty() && (is_blank(text.front()) || is_blank(text.back()));
}

BERTH_DECL auto validate_windows_user(std::string const& name, field_path const& at, field_errors& errors)
    -> void;

BERTH_DECL auto validate_windows(object::boxed<windows_security_context_options> const& o,
                                 field_path const& at, field_errors& errors) -> void;

/// A container's security context. `host_users`: the pod's, true unless it says otherwise.
BERTH_DECL auto validate_security_context(object::boxed<security_context> const& s, bool host_users,
                                          field_path const& at, field_errors& errors) -> void;

/// Segments of small letters, digits, `-` and `_`, joined by points or slashes.
BERTH_DECL auto is_sysctl_name(std::string_view name) -> bool;

/// A pod's security context.
BERTH_DECL auto validate_pod_security_context(pod_spec const& spec, field_path const& at,
                                              field_errors& errors) -> void;

} // namespace berth::kube::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/pod/validation/security.ipp>
#endif
