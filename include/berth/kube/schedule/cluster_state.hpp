#pragma once

/// \file
/// The scheduler's picture of a cluster: nodes in a row, each with what its pods take.

#include <berth/core/config.hpp>
#include <berth/kube/schedule/infos.hpp>

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace berth::kube {

/// Hears what becomes of nodes by their places in the row, and of the pods on them; of each when it has
/// happened.
class cluster_listener {
public:
    cluster_listener() = default;
    cluster_listener(cluster_listener const&) = delete;
    auto operator=(cluster_listener const&) -> cluster_listener& = delete;
    virtual ~cluster_listener() = default;

    virtual auto entered(pod_info const& p, std::size_t node) -> void = 0;
    virtual auto left(pod_info const& p, std::size_t node) -> void = 0;
    /// A node has another value; both are told without their pods, which are the same.
    virtual auto changed(std::size_t node, node_info const& before, node_info const& after) -> void = 0;
    /// A pod on a node has another value that takes as much, but is of another importance: when others look
    /// for room there, it counts otherwise.
    virtual auto aged(std::size_t node) -> void = 0;
    /// A node has come, as the last one; or has gone, and the last one has its place.
    virtual auto came() -> void = 0;
    virtual auto went() -> void = 0;
};

/// Nodes, and the pods on them: those that are bound, and those that are about to be. Pods of a node that is
/// not known (yet) are remembered.
class cluster_state {
public:
    [[nodiscard]] auto nodes() const -> std::span<node_info const> { return nodes_; }
    [[nodiscard]] auto nodes() -> std::span<node_info> { return nodes_; }
    /// Who hears of all that changes; it must outlive the changes. Nobody, if null.
    auto tell(cluster_listener* listener) -> void { listener_ = listener; }
    /// The place of a node in the row.
    [[nodiscard]] auto index_of(std::string const& name) const -> std::optional<std::size_t>;

    /// Linear in the pods of this node at most.
    auto put_node(object::stored<node> n) -> void;
    /// The last node of the row takes its place.
    auto remove_node(std::string const& name) -> void;

    /// A pod is, or is about to be, on a node. Replaces what was known of it.
    auto put_pod(pod_info p, std::string node) -> void;
    auto remove_pod(std::string const& uid) -> bool;
    [[nodiscard]] auto has_pod(std::string const& uid) const -> bool { return placed_.contains(uid); }
    /// A pod that is, or is about to be, on a node; null if it is not known.
    [[nodiscard]] auto find_pod(std::string const& uid) const -> pod_handle;
    /// The name of the node that it is on, or about to be; null if it is not known.
    [[nodiscard]] auto node_of(std::string const& uid) const -> std::string const*;

private:
    struct placed {
        pod_handle pod;
        std::string node;
    };
    /// By uid: the one that the pod itself has, so that it is not kept twice.
    using pods_by_uid = std::unordered_map<std::string_view, placed>;

    /// The pod has another value. Answers the one before.
    auto renew(pods_by_uid::iterator at, pod_handle now) -> pod_handle;

    cluster_listener* listener_ = nullptr;
    std::vector<node_info> nodes_;
    std::unordered_map<std::string, std::size_t> index_;
    pods_by_uid placed_;
    /// By the name of a node that is not known: the pods on it.
    std::unordered_map<std::string, std::unordered_map<std::string, pod_handle>> strays_;
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/schedule/cluster_state.ipp>
#endif
