#pragma once

/// \file
/// Checks of requests for certificates that are to be created (Kubernetes 1.36,
/// `pkg/apis/certificates/validation`). Changes of them are in `validation/update.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/certificates/certificate_signing_request/type.hpp>
#include <berth/kube/meta/validation.hpp>

#include <string>
#include <string_view>

namespace berth::kube {

namespace detail {

/// Faults that a kept request may go on having, because it has them already.
struct tolerated_faults {
    bool both_decisions = false;
    bool legacy_signer = false;
    bool double_conditions = false;
    bool nameless_conditions = false;
    bool any_certificate = false;
    bool double_usages = false;
    bool unknown_usages = false;
};

/// What is wrong with the text of certificates: each block must be one. Empty: nothing.
BERTH_DECL auto certificate_problem(std::string_view pem) -> std::string;

BERTH_DECL auto validate_certificate_request(certificate_signing_request const& r,
                                             tolerated_faults const& tolerated, field_errors& errors) -> void;

} // namespace detail

/// Checks a request that is to be created. Its signature is not verified.
BERTH_DECL auto validate(certificate_signing_request const& r, api::field_errors& errors) -> void;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/certificates/certificate_signing_request/validation.ipp>
#endif
