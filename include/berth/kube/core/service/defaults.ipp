#pragma once

/// \file
/// The bodies of `berth/kube/core/service/defaults.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/service/defaults.hpp>

namespace berth::kube::detail {

inline auto set_session_affinity(service_spec& spec) -> void {
    if (spec.session_affinity == "None") spec.session_affinity_config.reset();
    if (spec.session_affinity != "ClientIP") return;
    auto& client = spec.session_affinity_config.engage().client_ip.engage();
    object::apply_defaults(client);
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto set_defaults(service& s) -> void {
    auto& spec = s.spec;
    object::apply_defaults(spec);
    detail::set_session_affinity(spec);
    for (auto& port : spec.ports)
        if (port.target_port == object::int_or_string() || port.target_port == object::int_or_string(""))
            port.target_port = port.port;
    auto const balanced = spec.type == "LoadBalancer";
    if (is_externally_accessible(s) && spec.external_traffic_policy.empty())
        spec.external_traffic_policy = "Cluster";
    if (!spec.internal_traffic_policy && (balanced || spec.type == "NodePort" || spec.type == "ClusterIP"))
        spec.internal_traffic_policy = std::string("Cluster");
    if (!balanced) return;
    if (!spec.allocate_load_balancer_node_ports) spec.allocate_load_balancer_node_ports = true;
    for (auto& ingress : s.status.load_balancer.ingress)
        if (!ingress.ip.empty() && !ingress.ip_mode) ingress.ip_mode = std::string("VIP");
}

} // namespace berth::kube
