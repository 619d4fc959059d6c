#pragma once

/// \file
/// Which requests the signers of Kubernetes sign, and what becomes of what they ask for (kubernetes 1.36,
/// `pkg/apis/certificates/helpers.go`, `pkg/controller/certificates/{signer,authority}`).

#include <berth/core/config.hpp>
#include <berth/core/credentials/certificate_order.hpp>
#include <berth/kube/certificates/certificate_signing_request/subject.hpp>
#include <berth/kube/certificates/certificate_signing_request/type.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace berth::kube {

inline constexpr std::string_view client_signer = "kubernetes.io/kube-apiserver-client";
inline constexpr std::string_view kubelet_client_signer = "kubernetes.io/kube-apiserver-client-kubelet";
inline constexpr std::string_view kubelet_serving_signer = "kubernetes.io/kubelet-serving";
inline constexpr std::string_view legacy_signer = "kubernetes.io/legacy-unknown";

/// Whether a signer is one of the four of Kubernetes.
[[nodiscard]] BERTH_DECL auto is_stock_signer(std::string_view name) -> bool;

/// Why a stock signer does not sign a request with this subject for these uses; empty if it does.
[[nodiscard]] BERTH_DECL auto signer_problem(std::string_view signer, requested_subject const& who,
                                             std::vector<std::string> const& usages) -> std::string;

/// The certificate that a request asks for: for as long as it asks, but no longer than `longest` and no
/// shorter than ten minutes, beginning five minutes ago. Errors: `invalid`, for uses that nobody knows, or
/// what is no request.
[[nodiscard]] BERTH_DECL auto order_of(certificate_signing_request const& r, duration longest, time_point now)
    -> result<credentials::certificate_order>;

/// Whether somebody has decided so of a request.
[[nodiscard]] BERTH_DECL auto has_decision(certificate_signing_request const& r, std::string_view type)
    -> bool;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/certificates/certificate_signing_request/signers.ipp>
#endif
