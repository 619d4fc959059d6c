#pragma once

/// \file
/// The bodies of `berth/kube/control/pod_gc.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/control/pod_gc.hpp>

#include <algorithm>

namespace berth::kube::detail {

/// Pods are gone at once, whatever their grace was to be.
inline auto remove_at_once(reconcile::seen<pod> p, reconcile::plan& plan) -> void {
    plan.remove(p, {.grace_seconds = 0, .policy = {}, .any_revision = true});
}

/// As above, and the pod is said to have failed first.
inline auto fail_and_remove(reconcile::seen<pod> p, std::optional<std::string> why, time_point now,
                            reconcile::plan& plan) -> void {
    auto failed = *p;
    auto const over = is_finished(*p);
    if (!over) failed.status.phase = "Failed";
    if (why && !over) {
        auto c = disruption_target("DeletionByPodGC", *std::move(why));
        if (p->status.observed_generation != 0) c.observed_generation = p->metadata.generation;
        set_condition(failed.status.conditions, std::move(c), now);
    }
    plan.update_status(p, std::move(failed));
    remove_at_once(p, plan);
}

inline auto is_out_of_service(node const& n) -> bool {
    return !is_ready(n) && std::any_of(n.spec.taints.begin(), n.spec.taints.end(), [](taint const& t) {
        return t.key == "node.kubernetes.io/out-of-service";
    });
}

/// The oldest of the finished pods that are too many; evicted ones first.
inline auto surplus_of(std::vector<reconcile::seen<pod>> finished, std::size_t allowed)
    -> std::vector<reconcile::seen<pod>> {
    if (allowed == 0 || finished.size() <= allowed) return {};
    std::sort(finished.begin(), finished.end(), [](auto const& a, auto const& b) {
        auto const evicted = std::pair{a->status.reason == "Evicted", b->status.reason == "Evicted"};
        if (evicted.first != evicted.second) return evicted.first;
        auto const& x = a->metadata;
        auto const& y = b->metadata;
        return x.creation_timestamp != y.creation_timestamp ? x.creation_timestamp < y.creation_timestamp
                                                            : x.where() < y.where();
    });
    finished.resize(finished.size() - allowed);
    return finished;
}

BERTH_DECL auto collecting_pods::run() -> pod_collection {
    for (auto const p : world_.all<pod>()) look_at(p);
    for (auto const& p : surplus_of(std::move(finished_), options_.finished))
        if (has_room()) remove_at_once(p, out_.what);
    return std::move(out_);
}

BERTH_DECL auto collecting_pods::look_at(reconcile::seen<pod> p) -> void {
    auto const deleting = p->metadata.deleting();
    auto const& host = p->spec.node_name;
    auto const n = host.empty() ? reconcile::seen<node>() : world_.get<node>({}, host);
    if (!host.empty() && !n) return miss(p);
    if (is_finished(*p) && !deleting) finished_.push_back(p);
    auto const nobody_will = deleting && (host.empty() || is_out_of_service(*n));
    if (nobody_will && has_room()) fail_and_remove(p, std::nullopt, world_.now(), out_.what);
}

BERTH_DECL auto collecting_pods::miss(reconcile::seen<pod> p) -> void {
    auto const known = missed_.find(p->spec.node_name);
    auto const since = known == missed_.end() ? world_.now() : known->second;
    out_.missed.emplace(p->spec.node_name, since);
    if (world_.now() - since >= options_.quarantine && has_room())
        fail_and_remove(p, "PodGC: node no longer exists", world_.now(), out_.what);
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL pod_gc::pod_gc(api::any_client client, reconcile::caches& shared, pod_gc_options options)
    : client_(std::move(client)), caches_(&shared), options_(options) {
    for (auto const* const type : followed_) caches_->follow(*type);
}

BERTH_DECL auto pod_gc::step(time_point now) -> wake {
    if (!caches_->synced(followed_)) return wake::signalled();
    if (now >= next_ && waits()) {
        seen_ = revisions();
        pass(now);
        next_ = now + options_.period;
    }
    return waits() ? wake::at(next_) : wake::signalled();
}

BERTH_DECL auto pod_gc::on_wake(waker w) -> void {
    changed_ = w == waker{} ? wake_signal::subscription() : caches_->changed().subscribe(w);
}

BERTH_DECL auto pod_gc::revisions() const -> revision_pair {
    return {caches_->revision(*followed_[0]), caches_->revision(*followed_[1])};
}

BERTH_DECL auto pod_gc::pass(time_point now) -> void {
    confirm(now);
    auto found = [&] {
        auto const world = caches_->at(now);
        return collect_pods(world, options_, missed_);
    }();
    missed_ = std::move(found.missed);
    auto const done = reconcile::apply(client_, found.what, [](reconcile::note const&) {});
    for (auto const& w : done.writes) removed_ += w.removed ? 1U : 0U;
}

BERTH_DECL auto pod_gc::confirm(time_point now) -> void {
    for (auto& [name_of, since] : missed_) {
        if (now - since < options_.quarantine) continue;
        auto const there = api::get<node>(client_, {{}, name_of});
        if (there || there.error().code != error_code::not_found) since = now;
    }
}

} // namespace berth::kube
