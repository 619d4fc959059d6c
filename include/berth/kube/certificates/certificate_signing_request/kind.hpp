#pragma once

/// \file
/// How requests for certificates behave in the API, and their table (kubernetes 1.36,
/// `pkg/registry/certificates`, `printCertificateSigningRequest`).

#include <berth/api/kind.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/certificates/certificate_signing_request/type.hpp>
#include <berth/kube/certificates/certificate_signing_request/validation/update.hpp>
#include <berth/kube/columns.hpp>

namespace berth::kube {

/// What is asked for stays; who asked is told by `certificate_admission`.
[[nodiscard]] BERTH_DECL auto certificate_signing_request_kind() -> api::kind_of<certificate_signing_request>;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/certificates/certificate_signing_request/kind.ipp>
#endif
