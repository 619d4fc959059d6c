#pragma once

/// \file
/// All kinds of the Kubernetes vocabulary, ready for a server.

#include <berth/api/registry.hpp>
#include <berth/kube/kinds/cluster.hpp>
#include <berth/kube/kinds/config.hpp>
#include <berth/kube/kinds/event.hpp>
#include <berth/kube/kinds/namespace.hpp>
#include <berth/kube/kinds/node.hpp>
#include <berth/kube/kinds/pod.hpp>
#include <berth/kube/kinds/service.hpp>
#include <berth/kube/kinds/workload.hpp>

namespace berth::kube {

/// A registry of the kinds that this version of Berth has. Add your own to it before a server is made.
[[nodiscard]] inline auto registry() -> api::registry {
    auto out = api::registry();
    out.add(config_map_kind());
    out.add(event_kind());
    out.add(namespace_kind());
    out.add(node_kind());
    out.add(pod_kind());
    out.add(secret_kind());
    out.add(service_account_kind());
    out.add(service_kind());
    out.add(deployment_kind());
    out.add(replica_set_kind());
    out.add(lease_kind());
    out.add(priority_class_kind());
    return out;
}

} // namespace berth::kube
