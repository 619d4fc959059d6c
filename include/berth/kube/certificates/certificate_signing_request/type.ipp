#pragma once

/// \file
/// The tables of `berth/kube/certificates/certificate_signing_request/type.hpp`.

#include <berth/kube/certificates/certificate_signing_request/type.hpp>

namespace berth::kube {

BERTH_TABLE(certificate_signing_request_spec);
BERTH_TABLE(certificate_signing_request_condition);
BERTH_TABLE(certificate_signing_request_status);
BERTH_TABLE(certificate_signing_request);

} // namespace berth::kube
