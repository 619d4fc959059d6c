#pragma once

/// \file
/// The tables of `berth/kube/admissionregistration/mutating_webhook_configuration/type.hpp`.

#include <berth/kube/admissionregistration/mutating_webhook_configuration/type.hpp>

namespace berth::kube {

BERTH_TABLE(mutating_webhook);
BERTH_TABLE(mutating_webhook_configuration);

} // namespace berth::kube
