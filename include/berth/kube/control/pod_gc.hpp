#pragma once

/// \file
/// Removes pods that nobody else will ever remove: of nodes that are no more, of too many finished ones, of
/// none (kubernetes 1.36, `pkg/controller/podgc`).

#include <berth/kube/core/node/controller.hpp>
#include <berth/reconcile/apply.hpp>

#include <algorithm>
#include <array>
#include <atomic>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace berth::kube {

/// How the garbage collector of pods works.
struct pod_gc_options {
    duration period = seconds(20);     ///< between passes
    duration quarantine = seconds(40); ///< how long a node must have been missed before its pods go
    std::size_t finished = 12'500;     ///< how many finished pods may stay; 0: any number
    std::size_t batch = 500;           ///< the most pods of one pass
};

/// Since when nodes are missed that pods are bound to.
using missed_nodes = std::map<std::string, time_point>;

namespace detail {

/// Pods are gone at once, whatever their grace was to be.
inline auto remove_at_once(reconcile::seen<pod> p, reconcile::plan& plan) -> void {
    plan.remove(p, {.grace_seconds = 0, .policy = {}, .any_revision = true});
}

/// As above, and the pod is said to have failed first.
inline auto fail_and_remove(reconcile::seen<pod> p, std::optional<std::string> why, time_point now,
                            reconcile::plan& plan) -> void {
    auto failed = *p;
    if (!is_finished(*p)) failed.status.phase = "Failed";
    if (why) {
        auto c = pod_condition{};
        c.type = "DisruptionTarget";
        c.status = "True";
        c.reason = "DeletionByPodGC";
        c.message = *std::move(why);
        if (p->status.observed_generation != 0) c.observed_generation = p->metadata.generation;
        set_condition(failed.status.conditions, std::move(c), now);
    }
    plan.update_status(p, std::move(failed));
    remove_at_once(p, plan);
}

inline auto is_out_of_service(node const& n) -> bool {
    auto const* const ready = object::find_condition(n.status.conditions, "Ready");
    auto const well = ready != nullptr && ready->status == "True";
    return !well && std::any_of(n.spec.taints.begin(), n.spec.taints.end(),
                                [](taint const& t) { return t.key == "node.kubernetes.io/out-of-service"; });
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

} // namespace detail

/// What a pass over all pods found.
struct pod_collection {
    reconcile::plan what;
    missed_nodes missed; ///< the nodes that are missed now
};

namespace detail {

/// One pass over all pods.
class collecting_pods {
public:
    collecting_pods(reconcile::snapshot const& world, pod_gc_options const& options,
                    missed_nodes const& missed)
        : world_(world), options_(options), missed_(missed) {
        out_.what.policy = reconcile::on_failure::go_on;
    }

    auto run() -> pod_collection {
        for (auto const p : world_.all<pod>()) look_at(p);
        for (auto const& p : surplus_of(std::move(finished_), options_.finished))
            if (has_room()) remove_at_once(p, out_.what);
        return std::move(out_);
    }

private:
    auto has_room() -> bool { return taken_++ < options_.batch; }

    auto look_at(reconcile::seen<pod> p) -> void {
        auto const deleting = p->metadata.deleting();
        auto const& host = p->spec.node_name;
        auto const n = host.empty() ? reconcile::seen<node>() : world_.get<node>({}, host);
        if (!host.empty() && !n) return miss(p);
        if (is_finished(*p) && !deleting) finished_.push_back(p);
        auto const nobody_will = deleting && (host.empty() || is_out_of_service(*n));
        if (nobody_will && has_room()) fail_and_remove(p, std::nullopt, world_.now(), out_.what);
    }
    auto miss(reconcile::seen<pod> p) -> void {
        auto const known = missed_.find(p->spec.node_name);
        auto const since = known == missed_.end() ? world_.now() : known->second;
        out_.missed.emplace(p->spec.node_name, since);
        if (world_.now() - since >= options_.quarantine && has_room())
            fail_and_remove(p, "PodGC: node no longer exists", world_.now(), out_.what);
    }

    reconcile::snapshot const& world_;
    pod_gc_options const& options_;
    missed_nodes const& missed_;
    pod_collection out_;
    std::vector<reconcile::seen<pod>> finished_;
    std::size_t taken_ = 0;
};

} // namespace detail

/// What a pass over all pods would remove, given the nodes that were missed before.
[[nodiscard]] inline auto collect_pods(reconcile::snapshot const& world, pod_gc_options const& options,
                                       missed_nodes const& missed) -> pod_collection {
    return detail::collecting_pods(world, options, missed).run();
}

/// Makes passes, as long as something changes or a node is missed. A component of its own, for it looks at
/// all pods together and remembers which nodes it misses. Before it believes that a node is gone it asks the
/// API itself.
///
/// The client and the caches, which somebody else steps, must outlive it.
template <api::client Client> class pod_gc {
public:
    static constexpr std::string_view name = "pod-garbage-collector";

    pod_gc(Client& client, reconcile::caches& shared, pod_gc_options options = {})
        : client_(&client), caches_(&shared), options_(options) {
        for (auto const* const type : followed_) caches_->follow(*type);
    }

    auto step(time_point now) -> wake {
        if (!caches_->synced(followed_)) return wake::signalled();
        if (now >= next_ && waits()) {
            seen_ = revisions();
            pass(now);
            next_ = now + options_.period;
        }
        return waits() ? wake::at(next_) : wake::signalled();
    }
    auto on_wake(waker w) -> void {
        changed_ = w == waker{} ? signal::subscription() : caches_->changed().subscribe(w);
    }
    [[nodiscard]] auto removed() const -> std::uint64_t { return removed_.load(); }

private:
    using revision_pair = std::pair<object::revision, object::revision>;

    auto revisions() const -> revision_pair {
        return {caches_->revision(*followed_[0]), caches_->revision(*followed_[1])};
    }
    /// Whether another pass may find something.
    auto waits() const -> bool { return !missed_.empty() || seen_ != revisions(); }

    auto pass(time_point now) -> void {
        confirm(now);
        auto found = [&] {
            auto const world = caches_->at(now);
            return collect_pods(world, options_, missed_);
        }();
        missed_ = std::move(found.missed);
        auto const done = reconcile::apply(*client_, found.what, [](reconcile::note const&) {});
        for (auto const& w : done.writes) removed_ += w.removed ? 1U : 0U;
    }
    /// Nodes that the cache misses, but the API may have: those are not missed before now.
    auto confirm(time_point now) -> void {
        for (auto& [name_of, since] : missed_) {
            if (now - since < options_.quarantine) continue;
            auto const there = api::get<node>(*client_, {{}, name_of});
            if (there || there.error().code != error_code::not_found) since = now;
        }
    }

    Client* client_;
    reconcile::caches* caches_;
    pod_gc_options options_;
    std::array<object::type_info const*, 2> followed_{&object::type_of<pod>(), &object::type_of<node>()};
    missed_nodes missed_;
    revision_pair seen_{-1, -1};
    time_point next_;
    std::atomic<std::uint64_t> removed_ = 0;
    signal::subscription changed_;
};

} // namespace berth::kube
