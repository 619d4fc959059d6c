#pragma once

/// \file
/// The tables of `berth/kube/admissionregistration/webhook.hpp`.

#include <berth/kube/admissionregistration/webhook.hpp>

namespace berth::kube {

BERTH_TABLE(webhook_service_reference);
BERTH_TABLE(webhook_client_config);
BERTH_TABLE(rule_with_operations);
BERTH_TABLE(match_condition);

} // namespace berth::kube
