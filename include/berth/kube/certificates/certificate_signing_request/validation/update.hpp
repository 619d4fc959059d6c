#pragma once

/// \file
/// Checks of changes of requests for certificates (Kubernetes 1.36, `pkg/apis/certificates/validation`):
/// approvers decide, signers sign, and neither does what is the other's.

#include <berth/core/config.hpp>
#include <berth/kube/certificates/certificate_signing_request/validation.hpp>

namespace berth::kube {

/// Checks a change of what is neither the approval nor the status.
BERTH_DECL auto validate_update(certificate_signing_request const& now,
                                certificate_signing_request const& before, api::field_errors& errors) -> void;

/// Checks a change by an approver: who may approve or deny.
BERTH_DECL auto validate_approval(certificate_signing_request const& now,
                                  certificate_signing_request const& before, api::field_errors& errors)
    -> void;

/// Checks a change by a signer: who may give the certificate, once.
BERTH_DECL auto validate_status(certificate_signing_request const& now,
                                certificate_signing_request const& before, api::field_errors& errors) -> void;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/certificates/certificate_signing_request/validation/update.ipp>
#endif
