#pragma once

/// \file
/// The resource metrics of a cluster (metrics.k8s.io), answered from memory: agents tell, clients ask.

#include <berth/api/registry.hpp>
#include <berth/core/config.hpp>
#include <berth/core/time.hpp>
#include <berth/kube/metrics/node_metrics/type.hpp>
#include <berth/kube/metrics/node_summary/type.hpp>
#include <berth/kube/metrics/pod_metrics/type.hpp>

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace berth::kube {

/// What the agents of nodes told last. What is older than `stay` is not believed any more, and forgotten.
/// Safe to use from several threads.
class metrics_board {
public:
    explicit metrics_board(duration stay = minutes(1)) : stay_(stay) {}

    /// Replaces what is known of a node. Costs as much as the summary is long.
    auto tell(node_summary s, time_point now) -> void;

    /// `NodeMetrics`, in the order of their names.
    [[nodiscard]] auto nodes(time_point now) const -> std::vector<object::any_object>;
    /// `PodMetrics`, in the order of their namespaces and names.
    [[nodiscard]] auto pods(time_point now) const -> std::vector<object::any_object>;

    /// The `NodeMetrics` of one node. Errors: `not_found`.
    [[nodiscard]] auto node(std::string const& name, time_point now) const -> result<object::any_object>;
    /// The `PodMetrics` of one pod, without a look at the others. Errors: `not_found`.
    [[nodiscard]] auto pod(object::key const& where, time_point now) const -> result<object::any_object>;

private:
    struct told {
        std::shared_ptr<node_summary const> what;
        time_point at;
    };
    /// A pod in a summary. What is told last of a pod, as of one that came back on another node, counts.
    struct told_pod {
        std::shared_ptr<node_summary const> by;
        std::size_t index = 0;
        time_point at;
    };
    auto is_recent(time_point at, time_point now) const -> bool { return at + stay_ >= now; }
    /// Forgets the pods that a summary tells of and no newer one does.
    auto forget_pods(std::shared_ptr<node_summary const> const& s) -> void;
    auto forget_old(time_point now) -> void;

    duration stay_;
    mutable std::mutex mutex_;
    std::map<std::string, told> nodes_;
    std::map<object::key, told_pod> pods_;
};

/// Adds the kinds of `metrics.k8s.io` to a registry, and the one that agents tell by: all of them read and
/// write the board. A summary is taken of nodes that there are, from the node itself (`system:node:NAME`),
/// from who may do anything (`system:masters`), and, as everything is, from requests that come without a
/// name: an API whose front knows everybody has none of these.
BERTH_DECL auto add_metrics(api::registry& to, std::shared_ptr<metrics_board> board) -> void;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/metrics/board.ipp>
#endif
