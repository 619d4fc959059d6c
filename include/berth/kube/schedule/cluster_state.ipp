#pragma once

/// \file
/// The bodies of `berth/kube/schedule/cluster_state.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/schedule/cluster_state.hpp>

namespace berth::kube {

BERTH_DECL auto cluster_state::index_of(std::string const& name) const -> std::optional<std::size_t> {
    auto const at = index_.find(name);
    return at == index_.end() ? std::nullopt : std::optional(at->second);
}

BERTH_DECL auto cluster_state::put_node(object::stored<node> n) -> void {
    auto const name = n->metadata.name;
    if (auto const at = index_.find(name); at != index_.end()) {
        nodes_[at->second].replace(std::move(n));
        return;
    }
    index_[name] = nodes_.size();
    auto& info = nodes_.emplace_back(std::move(n));
    auto const waiting = strays_.find(name);
    if (waiting == strays_.end()) return;
    for (auto const& [uid, p] : waiting->second) info.add(p);
    strays_.erase(waiting);
}

BERTH_DECL auto cluster_state::remove_node(std::string const& name) -> void {
    auto const at = index_.find(name);
    if (at == index_.end()) return;
    auto const gap = at->second;
    index_.erase(at);
    for (auto const& p : nodes_[gap].pods) strays_[name].emplace(p->value->metadata.uid, p);
    if (gap + 1 != nodes_.size()) {
        nodes_[gap] = std::move(nodes_.back());
        index_[nodes_[gap].name()] = gap;
    }
    nodes_.pop_back();
}

BERTH_DECL auto cluster_state::put_pod(pod_info p, std::string node) -> void {
    auto const uid = p.value->metadata.uid;
    remove_pod(uid);
    auto handle = std::make_shared<pod_info const>(std::move(p));
    if (auto const at = index_.find(node); at != index_.end()) nodes_[at->second].add(handle);
    else strays_[node].emplace(uid, handle);
    placed_.insert_or_assign(uid, placed{std::move(handle), std::move(node)});
}

BERTH_DECL auto cluster_state::remove_pod(std::string const& uid) -> bool {
    auto const at = placed_.find(uid);
    if (at == placed_.end()) return false;
    if (auto const n = index_.find(at->second.node); n != index_.end()) nodes_[n->second].remove(uid);
    else if (auto const s = strays_.find(at->second.node); s != strays_.end()) {
        s->second.erase(uid);
        if (s->second.empty()) strays_.erase(s);
    }
    placed_.erase(at);
    return true;
}

BERTH_DECL auto cluster_state::find_pod(std::string const& uid) const -> pod_handle {
    auto const at = placed_.find(uid);
    return at == placed_.end() ? nullptr : at->second.pod;
}

BERTH_DECL auto cluster_state::node_of(std::string const& uid) const -> std::string const* {
    auto const at = placed_.find(uid);
    return at == placed_.end() ? nullptr : &at->second.node;
}

} // namespace berth::kube
