#pragma once

/// \file
/// The tables of `berth/kube/core/pod/type.hpp`.

#include <berth/kube/core/pod/type.hpp>

namespace berth::kube {

BERTH_TABLE(pod_status);
BERTH_TABLE(pod_condition);
BERTH_TABLE(host_ip);
BERTH_TABLE(pod_ip);
BERTH_TABLE(pod_resource_claim_status);
BERTH_TABLE(container_extended_resource_request);
BERTH_TABLE(pod_extended_resource_claim_status);
BERTH_TABLE(node_allocatable_resource_claim_status);
BERTH_TABLE(pod);

} // namespace berth::kube
