#pragma once

/// \file
/// The scheduler's picture of a cluster: nodes in a row, each with what its pods take.

#include <berth/core/config.hpp>
#include <berth/kube/schedule/infos.hpp>

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace berth::kube {

/// Nodes, and the pods on them: those that are bound, and those that are about to be. Pods of a node that is
/// not known (yet) are remembered.
class cluster_state {
public:
    [[nodiscard]] auto nodes() const -> std::span<node_info const> { return nodes_; }
    [[nodiscard]] auto nodes() -> std::span<node_info> { return nodes_; }
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

    std::vector<node_info> nodes_;
    std::unordered_map<std::string, std::size_t> index_;
    std::unordered_map<std::string, placed> placed_;
    /// By the name of a node that is not known: the pods on it.
    std::unordered_map<std::string, std::unordered_map<std::string, pod_handle>> strays_;
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/schedule/cluster_state.ipp>
#endif
