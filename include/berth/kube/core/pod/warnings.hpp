#pragma once

/// \file
/// What the writer of a pod or a template for pods is warned of, though it is accepted (Kubernetes 1.36,
/// `pkg/api/pod/warnings.go`).

#include <berth/core/config.hpp>
#include <berth/kube/core/pod/type.hpp>
#include <berth/kube/core/pod/validation/system.hpp>
#include <berth/kube/meta/warnings.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace berth::kube {

namespace detail {

/// About what a claim for a volume asks for; `at`: the path of its spec.
BERTH_DECL auto warn_of_claim(persistent_volume_claim_spec const& spec, field_path const& at,
                              warning_list& out) -> void;

/// About a template for pods.
BERTH_DECL auto warn_of_template(pod_template_spec const& t, field_path const& at, warning_list& out) -> void;

/// About the template of a controller of pods, `spec.template`.
BERTH_DECL auto warnings_of_template(pod_template_spec const& t) -> warning_list;

} // namespace detail

/// Warnings about a pod that is created or, with `before`, changed.
[[nodiscard]] BERTH_DECL auto warnings_of(pod const& p, pod const* before = nullptr) -> warning_list;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/pod/warnings.ipp>
#endif
