#pragma once

/// \file
/// The bodies of `berth/kube/schedule/nominations.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/schedule/nominations.hpp>

#include <algorithm>

namespace berth::kube {

namespace detail {
inline auto uid_of(pod_info const& p) -> std::string const& { return p.value->metadata.uid; }
} // namespace detail

BERTH_DECL auto nominations::put(pod_handle p, std::string node) -> void {
    auto const& uid = detail::uid_of(*p);
    drop(uid);
    node_of_.insert_or_assign(uid, node);
    nodes_[node].insert_or_assign(uid, std::move(p));
    if (hear_) hear_(node);
}

BERTH_DECL auto nominations::drop(std::string const& uid) -> bool {
    auto const at = node_of_.find(uid);
    if (at == node_of_.end()) return false;
    auto const row = nodes_.find(at->second);
    row->second.erase(uid);
    if (row->second.empty()) nodes_.erase(row);
    auto const node = std::move(at->second);
    node_of_.erase(at);
    if (hear_) hear_(node);
    return true;
}

BERTH_DECL auto nominations::node_of(std::string const& uid) const -> std::string const* {
    auto const at = node_of_.find(uid);
    return at == node_of_.end() ? nullptr : &at->second;
}

BERTH_DECL auto nominations::expected(pod_info const& p, node_info const& n) const
    -> std::optional<node_info> {
    if (empty()) return std::nullopt;
    auto const row = nodes_.find(n.name());
    if (row == nodes_.end()) return std::nullopt;
    auto out = std::optional<node_info>();
    for (auto const& [uid, other] : row->second) {
        if (uid == detail::uid_of(p) || other->priority() < p.priority()) continue;
        if (!out) out = n;
        out->add(other);
    }
    return out;
}

BERTH_DECL auto nominations::below(pod_info const& p, std::string const& node) const
    -> std::vector<pod_handle> {
    auto out = std::vector<pod_handle>();
    auto const row = nodes_.find(node);
    if (row == nodes_.end()) return out;
    for (auto const& [uid, other] : row->second)
        if (other->priority() < p.priority()) out.push_back(other);
    std::sort(out.begin(), out.end(),
              [](auto const& a, auto const& b) { return detail::uid_of(*a) < detail::uid_of(*b); });
    return out;
}

} // namespace berth::kube
