#pragma once

/// \file
/// One look at a daemon set: pods are made on nodes that lack one and deleted where they do not belong, its
/// status is computed (kubernetes 1.36, `pkg/controller/daemon/daemon_controller.go`).

#include <berth/core/config.hpp>
#include <berth/kube/apps/daemon_set/controller/backoff.hpp>
#include <berth/kube/apps/daemon_set/controller/placement.hpp>
#include <berth/kube/apps/daemon_set/controller/revisions.hpp>
#include <berth/kube/apps/daemon_set/controller/rollout.hpp>
#include <berth/kube/core/node/type.hpp>
#include <berth/kube/core/pod/state.hpp>
#include <berth/reconcile/world.hpp>

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace berth::kube::detail {

/// Decides what to do next for a set with these pods and this history.
class daemon_sync {
public:
    /// The most pods that one plan makes, and that it deletes.
    static constexpr std::size_t burst = 250;

    daemon_sync(reconcile::snapshot const& world, reconcile::seen<daemon_set> seen,
                std::vector<reconcile::seen<pod>> const& pods, daemon_history history,
                failure_backoff& backoff);

    auto run(reconcile::plan& plan) -> void;

private:
    using seen_pod = reconcile::seen<pod>;
    using seen_pods = std::vector<seen_pod>;

    /// A pod that is to go, and what is told before it does.
    struct doomed {
        seen_pod value;
        std::string outcome = {}; ///< `failed` or `succeeded`; nothing if it runs
    };

    // ---- one pod on each node

    auto manage() -> void;
    auto manage_node(std::string_view node, daemon_permission may) -> void;
    /// Has failed and finished pods go (failed ones not all too often). The others are in use.
    auto running_on(std::string_view node) -> seen_pods;
    /// Keeps an old and a new pod as long as the new one is not available and the old one is ready.
    auto thin_out(seen_pods const& running) -> void;
    /// Pods that wait for nodes that are gone.
    auto drop_lost() -> void;

    // ---- updates

    auto roll() -> void;
    auto nodes_for_update() const -> std::vector<daemon_node>;

    auto pods_on(std::string_view node) const -> seen_pods const&;
    auto is_usable(seen_pod p) const -> bool;

    // ---- what is written

    auto write(reconcile::plan& plan) const -> void;
    auto write_status(reconcile::plan& plan) const -> void;
    auto truncate(reconcile::plan& plan) const -> void;
    auto look_again(reconcile::plan& plan) const -> void;

    reconcile::snapshot const& world_;
    reconcile::seen<daemon_set> seen_;
    daemon_set const& set_;
    seen_pods const& pods_;
    daemon_history history_;
    failure_backoff& backoff_;
    std::map<std::string_view, daemon_permission> nodes_; ///< by their names
    std::map<std::string_view, seen_pods> by_node_;       ///< the pods on each node, the oldest first
    std::vector<std::string_view> needy_;                 ///< nodes that get a pod
    std::vector<doomed> doomed_;
    reconcile::plan waits_; ///< when to look again
};

} // namespace berth::kube::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/apps/daemon_set/controller/sync.ipp>
#endif
