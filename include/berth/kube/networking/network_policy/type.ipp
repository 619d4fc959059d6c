#pragma once

/// \file
/// The tables of `berth/kube/networking/network_policy/type.hpp`.

#include <berth/kube/networking/network_policy/type.hpp>

namespace berth::kube {

BERTH_TABLE(network_policy_port);
BERTH_TABLE(ip_block);
BERTH_TABLE(network_policy_peer);
BERTH_TABLE(network_policy_ingress_rule);
BERTH_TABLE(network_policy_egress_rule);
BERTH_TABLE(network_policy_spec);
BERTH_TABLE(network_policy);

} // namespace berth::kube
