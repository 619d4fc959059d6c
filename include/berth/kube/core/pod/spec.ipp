#pragma once

/// \file
/// The tables of `berth/kube/core/pod/spec.hpp`.

#include <berth/kube/core/pod/spec.hpp>

namespace berth::kube {

BERTH_TABLE(pod_spec);
BERTH_TABLE(pod_dns_config_option);
BERTH_TABLE(pod_dns_config);
BERTH_TABLE(host_alias);
BERTH_TABLE(pod_readiness_gate);
BERTH_TABLE(pod_scheduling_gate);
BERTH_TABLE(pod_resource_claim);
BERTH_TABLE(pod_scheduling_group);
BERTH_TABLE(pod_os);
BERTH_TABLE(pod_template_spec);

} // namespace berth::kube
