#pragma once

/// \file
/// The tables of `berth/kube/core/service/type.hpp`.

#include <berth/kube/core/service/type.hpp>

namespace berth::kube {

BERTH_TABLE(service_spec);
BERTH_TABLE(service_port);
BERTH_TABLE(client_ip_config);
BERTH_TABLE(session_affinity_config);
BERTH_TABLE(port_status);
BERTH_TABLE(load_balancer_ingress);
BERTH_TABLE(load_balancer_status);
BERTH_TABLE(service_status);
BERTH_TABLE(service);

} // namespace berth::kube
