#pragma once

/// \file
/// All kinds of the Kubernetes vocabulary, ready for a server.

#include <berth/api/registry.hpp>
#include <berth/kube/apps/deployment/kind.hpp>
#include <berth/kube/apps/replica_set/kind.hpp>
#include <berth/kube/coordination/lease/kind.hpp>
#include <berth/kube/core/config_map/kind.hpp>
#include <berth/kube/core/event/kind.hpp>
#include <berth/kube/core/namespace/kind.hpp>
#include <berth/kube/core/node/kind.hpp>
#include <berth/kube/core/pod/kind.hpp>
#include <berth/kube/core/secret/kind.hpp>
#include <berth/kube/core/service/kind.hpp>
#include <berth/kube/core/service_account/kind.hpp>
#include <berth/kube/scheduling/priority_class/kind.hpp>

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
