#pragma once

/// \file
/// Checks of what an autoscaler scales and goes by (Kubernetes 1.36, `pkg/apis/autoscaling/validation`).

#include <berth/core/config.hpp>
#include <berth/kube/autoscaling/horizontal_pod_autoscaler/type.hpp>
#include <berth/kube/meta/validation.hpp>

namespace berth::kube::detail {

/// Which versions a reference may name.
enum class target_versions : std::uint8_t {
    with_group, ///< of a named group
    any,        ///< also of the core group
    even_wrong, ///< also what is no version
};

/// What is wrong with a version, if anything.
[[nodiscard]] BERTH_DECL auto version_problem(std::string_view version, target_versions allowed)
    -> std::string;

BERTH_DECL auto validate_target(cross_version_object_reference const& r, target_versions allowed,
                                field_path const& at, field_errors& errors) -> void;

BERTH_DECL auto validate_metrics(horizontal_pod_autoscaler_spec const& s, field_path const& at,
                                 field_errors& errors) -> void;

} // namespace berth::kube::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/autoscaling/horizontal_pod_autoscaler/validation/metrics.ipp>
#endif
