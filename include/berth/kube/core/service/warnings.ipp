#pragma once

/// \file
/// The bodies of `berth/kube/core/service/warnings.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/service/warnings.hpp>

namespace berth::kube {

BERTH_DECL auto warnings_of(service const& s, service const*) -> warning_list {
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
