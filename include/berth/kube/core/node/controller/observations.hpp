#pragma once

/// \file
/// When nodes were seen to live, and to be tainted, by the clock of who watches them.

#include <berth/kube/coordination/lease/type.hpp>
#include <berth/kube/core/node/type.hpp>
#include <berth/reconcile/cache.hpp>

#include <array>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace berth::kube {

/// The namespace of the leases by which nodes show that they live.
inline constexpr std::string_view node_lease_namespace = "kube-node-lease";

/// Whether two taints are the same to those who watch for them.
[[nodiscard]] inline auto same_taint(taint const& a, taint const& b) -> bool {
    return a.key == b.key && a.effect == b.effect;
}

/// What was seen of nodes, and when. Nodes write times by their own clocks, which may be wrong: what counts
/// is when a change of them was seen here. Safe to use from several threads. A controller that is given none
/// believes the times in the objects.
class node_observations {
public:
    auto saw(node const& n, time_point now) -> void {
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
    auto saw(lease const& l, time_point now) -> void {
        auto const lock = std::scoped_lock(mutex_);
        auto& o = nodes_[l.metadata.name];
        auto const renewed = l.spec.renew_time.value_or(object::micro_timestamp());
        if (renewed <= o.renewed) return;
        o.renewed = renewed;
        o.sign = now;
    }
    auto forget(std::string const& name) -> void {
        auto const lock = std::scoped_lock(mutex_);
        nodes_.erase(name);
    }

    /// When the node gave its last sign of life; nothing if it never did.
    [[nodiscard]] auto last_sign(std::string const& name) const -> std::optional<time_point> {
        auto const lock = std::scoped_lock(mutex_);
        auto const found = nodes_.find(name);
        return found == nodes_.end() ? std::nullopt : found->second.sign;
    }
    /// Since when the node has a taint; nothing if it does not.
    [[nodiscard]] auto tainted_since(std::string const& name, taint const& t) const
        -> std::optional<time_point> {
        auto const lock = std::scoped_lock(mutex_);
        auto const found = nodes_.find(name);
        return found == nodes_.end() ? std::nullopt : since(found->second, t);
    }

private:
    struct observed {
        object::timestamp heartbeat;
        object::micro_timestamp renewed;
        std::optional<time_point> sign;
        std::vector<std::pair<taint, time_point>> taints;
    };

    static auto since(observed const& o, taint const& t) -> std::optional<time_point> {
        for (auto const& [known, when] : o.taints)
            if (same_taint(known, t)) return when;
        return std::nullopt;
    }

    mutable std::mutex mutex_;
    std::unordered_map<std::string, observed> nodes_;
};

/// Lets `into` see what the caches see. To be called before controllers that use it listen to the same
/// caches; it sees as long as the answer lives.
[[nodiscard]] inline auto observe_nodes(reconcile::caches& from, node_observations& into)
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
