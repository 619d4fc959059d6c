#pragma once

/// \file
/// Reads a running cluster over HTTP, as the scheduler would see it.

#include <berth/kube/schedule/catalogue.hpp>
#include <berth/kube/schedule/cluster_state.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace ask {

namespace kube = berth::kube;

/// Where the API server is. Errors: the file cannot be read, or names no server.
auto server_of(std::string const& kubeconfig) -> berth::result<std::string>;

/// What a cluster is made of at one moment. Pods that have ended take nothing and are left out.
struct cluster {
    kube::catalogue catalogue;
    kube::cluster_state state;
    std::vector<kube::pod_info> waiting; ///< pods on no node

    /// A pod wherever it is; null if there is none of this name.
    [[nodiscard]] auto find(std::string_view space, std::string_view name) const -> kube::pod_info const*;
};

/// Reads all nodes, pods and the other kinds by which pods are placed. Kinds that the server does not know
/// are taken to have no objects. Each kind is read at a moment of its own. Errors: the server cannot be
/// reached, or refuses.
auto read_cluster(std::string const& url) -> berth::result<std::unique_ptr<cluster>>;

/// The pod of a manifest (YAML or JSON; a pod, or what has a pod template), with all defaults. Errors: it
/// cannot be read, or has no pod.
auto read_pod(std::string const& file, std::string const& space, cluster const& in)
    -> berth::result<kube::pod_info>;

} // namespace ask
