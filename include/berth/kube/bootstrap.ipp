#pragma once

/// \file
/// The bodies of `berth/kube/bootstrap.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/bootstrap.hpp>

namespace berth::kube::detail {

BERTH_DECL auto system_namespace(std::string name) -> namespace_ {
    auto n = namespace_{};
    n.metadata.name = std::move(name);
    return n;
}

BERTH_DECL auto system_priority_class(std::string name, std::int32_t value, std::string description)
    -> priority_class {
    auto c = priority_class{};
    c.metadata.name = std::move(name);
    c.value = value;
    c.description = std::move(description);
    c.preemption_policy = std::string("PreemptLowerPriority");
    return c;
}

BERTH_DECL auto kubernetes_service(bootstrap_options const& o) -> service {
    auto s = service{};
    s.metadata.namespace_ = "default";
    s.metadata.name = "kubernetes";
    s.metadata.labels["component"] = "apiserver";
    s.metadata.labels["provider"] = "kubernetes";
    s.spec.type = "ClusterIP";
    s.spec.cluster_ip = o.address;
    s.spec.cluster_ips = {o.address};
    s.spec.ip_families = {o.address.find(':') == std::string::npos ? "IPv4" : "IPv6"};
    s.spec.ip_family_policy = std::string("SingleStack");
    s.spec.session_affinity = "None";
    auto& p = s.spec.ports.emplace_back();
    p.name = "https";
    p.protocol = "TCP";
    p.port = o.port;
    p.target_port = o.server_port;
    return s;
}

} // namespace berth::kube::detail
