#pragma once

/// \file
/// Removes pods that nobody else will ever remove: of nodes that are no more, of too many finished ones, of
/// none (kubernetes 1.36, `pkg/controller/podgc`).

#include <berth/core/config.hpp>
#include <berth/kube/core/node/controller.hpp>
#include <berth/reconcile/apply.hpp>

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

    auto run() -> pod_collection;

private:
    auto has_room() -> bool { return taken_++ < options_.batch; }

    auto look_at(reconcile::seen<pod> p) -> void;
    auto miss(reconcile::seen<pod> p) -> void;

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
class pod_gc {
public:
    static constexpr std::string_view name = "pod-garbage-collector";

    pod_gc(api::any_client client, reconcile::caches& shared, pod_gc_options options = {});

    auto step(time_point now) -> wake;
    auto on_wake(waker w) -> void;
    [[nodiscard]] auto removed() const -> std::uint64_t { return removed_.load(); }

private:
    using revision_pair = std::pair<object::revision, object::revision>;

    auto revisions() const -> revision_pair;
    /// Whether another pass may find something.
    auto waits() const -> bool { return !missed_.empty() || seen_ != revisions(); }

    auto pass(time_point now) -> void;
    /// Nodes that the cache misses, but the API may have: those are not missed before now.
    auto confirm(time_point now) -> void;

    api::any_client client_;
    reconcile::caches* caches_;
    pod_gc_options options_;
    std::array<object::type_info const*, 2> followed_{&object::type_of<pod>(), &object::type_of<node>()};
    missed_nodes missed_;
    revision_pair seen_{-1, -1};
    time_point next_;
    std::atomic<std::uint64_t> removed_ = 0;
    wake_signal::subscription changed_;
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/control/pod_gc.ipp>
#endif
