#pragma once

/// \file
/// Which secrets a pod may use as a service account that says so (kubernetes 1.36,
/// `plugin/pkg/admission/serviceaccount`).

#include <berth/core/config.hpp>
#include <berth/kube/core/pod/spec.hpp>
#include <berth/kube/core/service_account/type.hpp>

namespace berth::kube::detail {

/// Whether pods of an account may use only the secrets that it names.
[[nodiscard]] BERTH_DECL auto limits_secrets(service_account const& a) -> bool;

/// Why a pod may not use a secret that it uses; empty if it may use all of them.
[[nodiscard]] BERTH_DECL auto secret_problem(service_account const& a, pod_spec const& s) -> std::string;

/// What a mirror pod, whose node knows no service account, has no use for; empty if it has no such thing.
[[nodiscard]] BERTH_DECL auto mirror_problem(pod_spec const& s) -> std::string;

} // namespace berth::kube::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/service_account/secrets.ipp>
#endif
