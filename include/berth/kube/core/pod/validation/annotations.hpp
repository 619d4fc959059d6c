#pragma once

/// \file
/// Checks of annotations that mean something to pods (Kubernetes 1.36, `pkg/apis/core/validation`).

#include <berth/core/config.hpp>
#include <berth/kube/core/pod/validation/system.hpp>

#include <string>
#include <string_view>

namespace berth::kube::detail {

/// Marks pods that a node made by itself.
inline constexpr std::string_view mirror_annotation = "kubernetes.io/config.mirror";

inline constexpr std::string_view app_armor_prefix = "container.apparmor.security.beta.kubernetes.io/";
inline constexpr std::string_view seccomp_pod_annotation = "seccomp.security.alpha.kubernetes.io/pod";
inline constexpr std::string_view seccomp_prefix = "container.seccomp.security.alpha.kubernetes.io/";

/// A whole number of 32 bits in its shortest form, without a plus sign.
BERTH_DECL auto is_deletion_cost(std::string_view text) -> bool;

BERTH_DECL auto validate_pod_annotations(object::string_map const& annotations, pod_spec const& spec,
                                         field_path const& at, field_errors& errors) -> void;

/// Annotations that are fixed when the pod is made.
BERTH_DECL auto validate_fixed_annotations(object::string_map const& now, object::string_map const& before,
                                           field_path const& at, field_errors& errors) -> void;

} // namespace berth::kube::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/pod/validation/annotations.ipp>
#endif
