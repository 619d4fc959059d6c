#pragma once

/// \file
/// An API that refuses requests for certificates which were not signed with their own key.

#include <berth/api/registry.hpp>
#include <berth/core/config.hpp>
#include <berth/core/credentials/certificate_order.hpp>

namespace berth::kube {

/// Describes requests for certificates anew: as they are created, `own` is asked about the signature of each
/// that can be read, and what it says is wrong with `spec.request` (kubernetes 1.36,
/// `pkg/apis/certificates/validation`). Without it signatures are looked at only when certificates are made.
/// Requests that are there may be changed and decided as before. To be called before the API is served:
///
///     kinds.change([](api::registry& r) { kube::verify_requests(r, &credentials::verify_request); });
BERTH_DECL auto verify_requests(api::registry& kinds, credentials::request_verifier own) -> void;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/certificates/certificate_signing_request/verify_requests.ipp>
#endif
