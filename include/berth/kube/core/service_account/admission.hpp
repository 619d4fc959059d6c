#pragma once

/// \file
/// Pods run as a service account, whose token they find in their containers (kubernetes 1.36,
/// `ServiceAccount`).

#include <berth/api/admission.hpp>
#include <berth/api/errors.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/core/pod/type.hpp>
#include <berth/kube/core/service_account/type.hpp>

#include <cstdint>

namespace berth::kube {

namespace detail {

inline constexpr std::string_view token_path = "/var/run/secrets/kubernetes.io/serviceaccount";

} // namespace detail

/// `seed` is of the suffixes of the volumes' names, which follow from it, the namespace and the account.
[[nodiscard]] BERTH_DECL auto service_account_admission(std::uint64_t seed) -> api::admission;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/service_account/admission.ipp>
#endif
