#pragma once

/// \file
/// What the writer of a service is warned of, though it is accepted (Kubernetes 1.36,
/// `pkg/api/service/warnings.go`).

#include <berth/kube/core/service/type.hpp>
#include <berth/kube/meta/warnings.hpp>

namespace berth::kube {

/// Warnings about a service that is created or changed.
[[nodiscard]] inline auto warnings_of(service const& s, service const* = nullptr) -> warning_list {
    auto out = warning_list();
    if (s.metadata.annotations.contains("service.kubernetes.io/topology-aware-hints"))
        out.emplace_back("annotation service.kubernetes.io/topology-aware-hints is deprecated, please use "
                         "service.kubernetes.io/topology-mode instead");
    if (!s.spec.external_ips.empty())
        out.emplace_back("spec.externalIPs is deprecated and may no longer be implemented in some clusters");
    if (s.spec.type != "ExternalName" && !s.spec.external_name.empty())
        out.emplace_back("spec.externalName is ignored when spec.type is not \"ExternalName\"");
    if (s.spec.type != "LoadBalancer" && !s.spec.load_balancer_ip.empty())
        out.emplace_back("spec.loadBalancerIP is ignored when spec.type is not \"LoadBalancer\"");
    return out;
}

} // namespace berth::kube
