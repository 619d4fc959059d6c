#pragma once

/// \file
/// The bodies of `berth/kube/core/node/controller/observations.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/node/controller/observations.hpp>

namespace berth::kube {

BERTH_DECL auto node_observations::saw(node const& n, time_point now) -> void {
    auto const lock = std::scoped_lock(mutex_);
    auto& o = nodes_[n.metadata.name];
    auto const* const ready = object::find_condition(n.status.conditions, "Ready");
    if (ready != nullptr && (!o.sign || o.heartbeat != ready->last_heartbeat_time)) {
        o.heartbeat = ready->last_heartbeat_time;
        o.sign = now;
    }
    auto taints = std::vector<std::pair<taint, time_point>>();
    for (auto const& t : n.spec.taints) taints.emplace_back(t, since(o, t).value_or(now));
    o.taints = std::move(taints);
}

BERTH_DECL auto node_observations::saw(lease const& l, time_point now) -> void {
    auto const lock = std::scoped_lock(mutex_);
    auto& o = nodes_[l.metadata.name];
    auto const renewed = l.spec.renew_time.value_or(object::micro_timestamp());
    if (renewed <= o.renewed) return;
    o.renewed = renewed;
    o.sign = now;
}

BERTH_DECL auto node_observations::forget(std::string const& name) -> void {
    auto const lock = std::scoped_lock(mutex_);
    nodes_.erase(name);
}

BERTH_DECL auto node_observations::last_sign(std::string const& name) const -> std::optional<time_point> {
    auto const lock = std::scoped_lock(mutex_);
    auto const found = nodes_.find(name);
    return found == nodes_.end() ? std::nullopt : found->second.sign;
}

BERTH_DECL auto node_observations::tainted_since(std::string const& name, taint const& t) const
    -> std::optional<time_point> {
    auto const lock = std::scoped_lock(mutex_);
    auto const found = nodes_.find(name);
    return found == nodes_.end() ? std::nullopt : since(found->second, t);
}

BERTH_DECL auto node_observations::since(observed const& o, taint const& t) -> std::optional<time_point> {
    for (auto const& [known, when] : o.taints)
        if (same_taint(known, t)) return when;
    return std::nullopt;
}

BERTH_DECL auto observe_nodes(reconcile::caches& from, node_observations& into)
    -> std::array<reconcile::caches::listening, 2> {
    using reconcile::change;
    auto on_node = [&into](reconcile::snapshot const& world, change const& c) {
        if (c.after) into.saw(c.after.object.as<node>(), world.now());
        else into.forget(c.before->metadata().name);
    };
    auto on_lease = [&into](reconcile::snapshot const& world, change const& c) {
        if (c.after && c.after->metadata().namespace_ == node_lease_namespace)
            into.saw(c.after.object.as<lease>(), world.now());
    };
    return {from.listen(object::type_of<node>(), std::move(on_node)),
            from.listen(object::type_of<lease>(), std::move(on_lease))};
}

} // namespace berth::kube
