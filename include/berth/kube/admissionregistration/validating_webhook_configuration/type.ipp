#pragma once

/// \file
/// The tables of `berth/kube/admissionregistration/validating_webhook_configuration/type.hpp`.

#include <berth/kube/admissionregistration/validating_webhook_configuration/type.hpp>

namespace berth::kube {

BERTH_TABLE(validating_webhook);
BERTH_TABLE(validating_webhook_configuration);

} // namespace berth::kube
