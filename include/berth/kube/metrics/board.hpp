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

    /// Replaces what is known of a node.
    auto tell(node_summary s, time_point now) -> void;

    /// `NodeMetrics`, in the order of their names.
    [[nodiscard]] auto nodes(time_point now) const -> std::vector<object::any_object>;
    /// `PodMetrics`, in the order of their namespaces and names.
    [[nodiscard]] auto pods(time_point now) const -> std::vector<object::any_object>;

private:
    struct told {
        std::shared_ptr<node_summary const> what;
        time_point at;
    };
    auto recent(time_point now) const -> std::vector<std::shared_ptr<node_summary const>>;

    duration stay_;
    mutable std::mutex mutex_;
    std::map<std::string, told> nodes_;
};

/// Adds the kinds of `metrics.k8s.io` to a registry, and the one that agents tell by: all of them read and
/// write the board.
BERTH_DECL auto add_metrics(api::registry& to, std::shared_ptr<metrics_board> board) -> void;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/metrics/board.ipp>
#endif
