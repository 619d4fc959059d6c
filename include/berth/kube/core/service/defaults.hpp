#pragma once

/// \file
/// What services are when their manifests do not say (Kubernetes 1.36, `pkg/apis/core/v1/defaults.go`).

#include <berth/core/config.hpp>
#include <berth/kube/core/service/type.hpp>
#include <berth/object/defaults.hpp>

namespace berth::kube {

/// Whether clients outside the cluster may reach a service.
[[nodiscard]] inline auto is_externally_accessible(service const& s) -> bool {
    return s.spec.type == "LoadBalancer" || s.spec.type == "NodePort" ||
           (s.spec.type == "ClusterIP" && !s.spec.external_ips.empty());
}

/// Fills in a service: inside the cluster, over TCP.
BERTH_DECL auto set_defaults(service& s) -> void;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/service/defaults.ipp>
#endif
