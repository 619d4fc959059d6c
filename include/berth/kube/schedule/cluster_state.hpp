#pragma once

/// \file
/// The scheduler's picture of a cluster: nodes in a row, each with what its pods take.

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
    [[nodiscard]] auto index_of(std::string const& name) const -> std::optional<std::size_t> {
        auto const at = index_.find(name);
        return at == index_.end() ? std::nullopt : std::optional(at->second);
    }

    auto put_node(object::stored<node> n) -> void {
        auto const name = n->metadata.name;
        if (auto const at = index_.find(name); at != index_.end()) {
            nodes_[at->second].replace(std::move(n));
            return;
        }
        index_[name] = nodes_.size();
        auto& info = nodes_.emplace_back(std::move(n));
        for (auto const& [uid, p] : placed_)
            if (p.node == name) info.add(p.pod);
    }
    /// The last node of the row takes its place.
    auto remove_node(std::string const& name) -> void {
        auto const at = index_.find(name);
        if (at == index_.end()) return;
        auto const gap = at->second;
        index_.erase(at);
        if (gap + 1 != nodes_.size()) {
            nodes_[gap] = std::move(nodes_.back());
            index_[nodes_[gap].name()] = gap;
        }
        nodes_.pop_back();
    }

    /// A pod is, or is about to be, on a node. Replaces what was known of it.
    auto put_pod(pod_info p, std::string node) -> void {
        auto const uid = p.value->metadata.uid;
        remove_pod(uid);
        auto handle = std::make_shared<pod_info const>(std::move(p));
        if (auto const at = index_.find(node); at != index_.end()) nodes_[at->second].add(handle);
        placed_.insert_or_assign(uid, placed{std::move(handle), std::move(node)});
    }
    auto remove_pod(std::string const& uid) -> bool {
        auto const at = placed_.find(uid);
        if (at == placed_.end()) return false;
        if (auto const n = index_.find(at->second.node); n != index_.end()) nodes_[n->second].remove(uid);
        placed_.erase(at);
        return true;
    }
    [[nodiscard]] auto has_pod(std::string const& uid) const -> bool { return placed_.contains(uid); }

private:
    struct placed {
        pod_handle pod;
        std::string node;
    };

    std::vector<node_info> nodes_;
    std::unordered_map<std::string, std::size_t> index_;
    std::unordered_map<std::string, placed> placed_;
};

} // namespace berth::kube
