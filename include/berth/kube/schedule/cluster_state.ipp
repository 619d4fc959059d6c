#pragma once

/// \file
/// The bodies of `berth/kube/schedule/cluster_state.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/schedule/cluster_state.hpp>

#include <memory>
#include <utility>

namespace berth::kube {

BERTH_DECL auto cluster_state::index_of(std::string const& name) const -> std::optional<std::size_t> {
    auto const at = index_.find(name);
    return at == index_.end() ? std::nullopt : std::optional(at->second);
}

BERTH_DECL auto cluster_state::put_node(object::stored<node> n) -> void {
    auto const name = n->metadata.name;
    if (auto const at = index_.find(name); at != index_.end()) {
        auto& here = nodes_[at->second];
        auto const before = here.value;
        here.replace(std::move(n));
        if (listener_ != nullptr) listener_->changed(at->second, node_info(before), node_info(here.value));
        return;
    }
    index_[name] = nodes_.size();
    auto& info = nodes_.emplace_back(std::move(n));
    if (auto const waiting = strays_.find(name); waiting != strays_.end()) {
        for (auto const& [uid, p] : waiting->second) info.add(p);
        strays_.erase(waiting);
    }
    if (listener_ != nullptr) listener_->came();
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
    if (listener_ != nullptr) listener_->went();
}

namespace detail {

/// Whether a pod that is on a node already counts there, and for others, as it did before.
inline auto counts_as(pod_info const& before, pod_info const& now) -> bool {
    auto const& x = before.value->metadata;
    auto const& y = now.value->metadata;
    return before.request == now.request && before.load == now.load && before.ports == now.ports &&
           x.namespace_ == y.namespace_ && x.labels == y.labels && x.deleting() == y.deleting() &&
           before.spec().affinity == now.spec().affinity && before.spec().volumes == now.spec().volumes;
}

/// Whether a pod is as important as it was before, when others look for room.
inline auto is_as_important(pod_info const& before, pod_info const& now) -> bool {
    return before.priority() == now.priority() &&
           before.value->status.start_time == now.value->status.start_time;
}

} // namespace detail

BERTH_DECL auto cluster_state::put_pod(pod_info p, std::string node) -> void {
    auto handle = std::make_shared<pod_info const>(std::move(p));
    auto const& uid = handle->value->metadata.uid;
    if (auto const at = placed_.find(uid); at != placed_.end()) {
        auto const n = index_.find(node);
        if (n != index_.end() && at->second.node == node && detail::counts_as(*at->second.pod, *handle)) {
            auto const before = renew(at, handle);
            nodes_[n->second].replace(before, handle);
            if (listener_ != nullptr && !detail::is_as_important(*before, *handle))
                listener_->aged(n->second);
            return;
        }
        remove_pod(uid);
    }
    if (auto const at = index_.find(node); at != index_.end()) {
        nodes_[at->second].add(handle);
        if (listener_ != nullptr) listener_->entered(*handle, at->second);
    } else {
        strays_[node].emplace(uid, handle);
    }
    auto const key = std::string_view(uid);
    placed_.emplace(key, placed{std::move(handle), std::move(node)});
}

BERTH_DECL auto cluster_state::renew(pods_by_uid::iterator at, pod_handle now) -> pod_handle {
    auto one = placed_.extract(at); // its key goes with the value before
    auto before = std::exchange(one.mapped().pod, std::move(now));
    one.key() = one.mapped().pod->value->metadata.uid;
    placed_.insert(std::move(one));
    return before;
}

BERTH_DECL auto cluster_state::remove_pod(std::string const& uid) -> bool {
    auto const at = placed_.find(uid);
    if (at == placed_.end()) return false;
    auto const gone = std::move(at->second.pod);
    if (auto const n = index_.find(at->second.node); n != index_.end()) {
        nodes_[n->second].remove(uid);
        if (listener_ != nullptr) listener_->left(*gone, n->second);
    } else if (auto const s = strays_.find(at->second.node); s != strays_.end()) {
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
