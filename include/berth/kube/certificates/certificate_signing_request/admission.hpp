#pragma once

/// \file
/// What is told of requests for certificates as they come in, and whose signer may sign what
/// (kubernetes 1.36, `pkg/registry/certificates`, `plugin/pkg/admission/certificates/subjectrestriction`).

#include <berth/api/admission.hpp>
#include <berth/api/errors.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/certificates/certificate_signing_request/type.hpp>

namespace berth::kube {

/// Writes into a request who asks, whatever it says itself, and into decisions when they were made. Refuses
/// requests for clients of the API server that would be in the group `system:masters`.
[[nodiscard]] BERTH_DECL auto certificate_admission() -> api::admission;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/certificates/certificate_signing_request/admission.ipp>
#endif
