#pragma once

/// \file
/// The bodies of `berth/kube/apps/daemon_set/controller/sync.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/apps/daemon_set/controller/sync.hpp>
#include <berth/kube/control/pod_steps.hpp>

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

namespace berth::kube::detail {

/// Pods on their node go before those on their way to it, then age, then name decide.
inline auto is_before(pod const& a, pod const& b) -> bool {
    if (a.spec.node_name.empty() != b.spec.node_name.empty()) return b.spec.node_name.empty();
    auto const& x = a.metadata;
    auto const& y = b.metadata;
    return x.creation_timestamp != y.creation_timestamp ? x.creation_timestamp < y.creation_timestamp
                                                        : x.name < y.name;
}

BERTH_DECL daemon_sync::daemon_sync(reconcile::snapshot const& world, reconcile::seen<daemon_set> seen,
                                    std::vector<reconcile::seen<pod>> const& pods, daemon_history history,
                                    failure_backoff& backoff)
    : world_(world), seen_(seen), set_(*seen), pods_(pods), history_(std::move(history)), backoff_(backoff) {
    auto const spec = with_daemon_tolerations(set_.spec.template_.spec);
    for (auto const n : world_.all<node>()) nodes_[n->metadata.name] = daemon_permission_on(*n, spec);
    for (auto const& p : pods_) {
        auto const target = target_node(*p);
        auto const is_over = is_finished(*p) && p->metadata.deleting();
        if (!target.empty() && !is_over) by_node_[target].push_back(p);
    }
    for (auto& [name, there] : by_node_)
        std::sort(there.begin(), there.end(), [](auto const& a, auto const& b) { return is_before(*a, *b); });
}

BERTH_DECL auto daemon_sync::run(reconcile::plan& plan) -> void {
    backoff_.forget(world_.now());
    manage();
    auto const settled = needy_.empty() && doomed_.empty();
    if (settled && set_.spec.update_strategy.type == "RollingUpdate") roll();
    write_status(plan);
    write(plan);
    truncate(plan);
    look_again(plan);
}

BERTH_DECL auto daemon_sync::manage() -> void {
    for (auto const& [name, may] : nodes_) manage_node(name, may);
    drop_lost();
}

BERTH_DECL auto daemon_sync::manage_node(std::string_view node, daemon_permission may) -> void {
    auto const& there = pods_on(node);
    if (may.run && there.empty()) return needy_.push_back(node);
    if (!may.stay) {
        for (auto const& p : there)
            if (!p->metadata.deleting()) doomed_.push_back({p});
        return;
    }
    auto const running = running_on(node);
    if (!allows_surge(set_)) {
        for (auto i = std::size_t{1}; i < running.size(); ++i) doomed_.push_back({running[i]});
    } else if (running.empty()) {
        if (may.run) needy_.push_back(node);
    } else thin_out(running);
}

BERTH_DECL auto daemon_sync::running_on(std::string_view node) -> seen_pods {
    auto out = seen_pods();
    auto const name = std::string(node);
    for (auto const& p : pods_on(node)) {
        if (p->metadata.deleting()) continue;
        if (p->status.phase == "Succeeded") doomed_.push_back({p, "succeeded"});
        else if (p->status.phase != "Failed") out.push_back(p);
        else if (auto const left = backoff_.left(name, world_.now()); left) waits_.look_again(*left);
        else {
            backoff_.add(name, world_.now());
            doomed_.push_back({p, "failed"});
        }
    }
    return out;
}

BERTH_DECL auto daemon_sync::thin_out(seen_pods const& running) -> void {
    auto fresh = seen_pod();
    auto old = seen_pod();
    for (auto const& p : running) {
        auto& oldest = p->metadata.labels.get(revision_hash_label) == history_.hash ? fresh : old;
        if (oldest) doomed_.push_back({p});
        else oldest = p;
    }
    if (fresh && old && (!is_ready(*old) || is_usable(fresh))) doomed_.push_back({old});
}

BERTH_DECL auto daemon_sync::drop_lost() -> void {
    for (auto const& [name, there] : by_node_) {
        if (nodes_.contains(name)) continue;
        for (auto const& p : there)
            if (p->spec.node_name.empty() && !p->metadata.deleting()) doomed_.push_back({p});
    }
}

BERTH_DECL auto daemon_sync::roll() -> void {
    auto const wanted =
        std::count_if(nodes_.begin(), nodes_.end(), [](auto const& n) { return n.second.run; });
    auto const bounds = bounds_of(set_, wanted);
    auto const nodes = nodes_for_update();
    auto next = bounds.surge == 0 ? replace_in_turn(nodes, bounds.unavailable)
                                  : surge_in_turn(nodes, bounds.surge, wanted);
    for (auto const& p : next.remove) doomed_.push_back({p});
    needy_ = std::move(next.create);
}

BERTH_DECL auto daemon_sync::nodes_for_update() const -> std::vector<daemon_node> {
    auto out = std::vector<daemon_node>();
    for (auto const& [name, there] : by_node_) {
        auto const known = nodes_.find(name);
        if (known == nodes_.end() && allows_surge(set_)) continue;
        auto& n = out.emplace_back();
        n.name = name;
        n.run = known != nodes_.end() && known->second.run;
        for (auto const& p : there) {
            if (p->metadata.deleting()) continue;
            auto& of_sort = is_updated(set_, *p, history_.hash) ? n.fresh : n.old;
            n.crowded = n.crowded || of_sort;
            of_sort = p;
        }
        n.fresh_available = n.fresh && is_usable(n.fresh);
        n.old_available = n.old && is_usable(n.old);
    }
    return out;
}

BERTH_DECL auto daemon_sync::pods_on(std::string_view node) const -> seen_pods const& {
    static auto const none = seen_pods();
    auto const found = by_node_.find(node);
    return found == by_node_.end() ? none : found->second;
}

BERTH_DECL auto daemon_sync::is_usable(seen_pod p) const -> bool {
    return is_available(*p, set_.spec.min_ready_seconds, world_.now());
}

BERTH_DECL auto daemon_sync::write(reconcile::plan& plan) const -> void {
    for (auto i = std::size_t{0}; i < std::min(needy_.size(), burst); ++i)
        make_pod(plan, seen_, daemon_pod(set_, needy_[i], history_.hash));
    for (auto i = std::size_t{0}; i < std::min(doomed_.size(), burst); ++i) {
        auto const& [p, outcome] = doomed_[i];
        auto const what = "Found " + outcome + " daemon pod " + p->metadata.where().to_string() +
                          " on node " + std::string(target_node(*p)) + ", will try to ";
        if (outcome == "failed") plan.warn(seen_, "FailedDaemonPod", what + "kill it");
        if (outcome == "succeeded")
            plan.tell({reconcile::reference(seen_.ref().object), "Normal", "SucceededDaemonPod",
                       what + "delete it", reconcile::note::when::always});
        delete_pod(plan, seen_, p);
    }
}

BERTH_DECL auto daemon_sync::write_status(reconcile::plan& plan) const -> void {
    auto after = set_;
    auto& s = after.status;
    s = daemon_set_status{};
    s.collision_count = set_.status.collision_count;
    s.conditions = set_.status.conditions;
    s.unknown = set_.status.unknown;
    s.observed_generation = set_.metadata.generation;
    for (auto const& [name, may] : nodes_) {
        auto const& there = pods_on(name);
        s.desired_number_scheduled += may.run ? 1 : 0;
        if (there.empty()) continue;
        ++(may.run ? s.current_number_scheduled : s.number_misscheduled);
        if (!may.run) continue;
        auto const& oldest = there.front();
        s.number_ready += is_ready(*oldest) ? 1 : 0;
        s.number_available += is_usable(oldest) ? 1 : 0;
        s.updated_number_scheduled += is_updated(set_, *oldest, history_.hash) ? 1 : 0;
    }
    s.number_unavailable = s.desired_number_scheduled - s.number_available;
    plan.update_status(seen_, std::move(after));
}

BERTH_DECL auto daemon_sync::truncate(reconcile::plan& plan) const -> void {
    auto used = std::set<std::string>();
    for (auto const& p : pods_) used.insert(p->metadata.labels.get(revision_hash_label));
    auto const in_use = [&](controller_revision const& r) {
        return used.contains(r.metadata.labels.get(revision_hash_label));
    };
    auto const surplus = std::ssize(history_.old) - set_.spec.revision_history_limit.value_or(10);
    for (auto const& r : oldest_unused(history_.old, surplus, in_use)) plan.remove(r);
}

BERTH_DECL auto daemon_sync::look_again(reconcile::plan& plan) const -> void {
    if (waits_.again_after) plan.look_again(*waits_.again_after);
    look_again_when_available(plan, pods_, set_.spec.min_ready_seconds, world_.now());
}

} // namespace berth::kube::detail
