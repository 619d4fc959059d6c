#pragma once

/// \file
/// The tables of `berth/kube/networking/ingress/type.hpp`.

#include <berth/kube/networking/ingress/type.hpp>

namespace berth::kube {

BERTH_TABLE(service_backend_port);
BERTH_TABLE(ingress_service_backend);
BERTH_TABLE(ingress_backend);
BERTH_TABLE(http_ingress_path);
BERTH_TABLE(http_ingress_rule_value);
BERTH_TABLE(ingress_rule);
BERTH_TABLE(ingress_tls);
BERTH_TABLE(ingress_spec);
BERTH_TABLE(ingress_port_status);
BERTH_TABLE(ingress_load_balancer_ingress);
BERTH_TABLE(ingress_load_balancer_status);
BERTH_TABLE(ingress_status);
BERTH_TABLE(ingress);

} // namespace berth::kube
