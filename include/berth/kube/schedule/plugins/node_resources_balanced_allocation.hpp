#pragma once

/// \file
/// Even use of a node's resources (kubernetes 1.36, `noderesources/balanced_allocation.go`).

#include <berth/core/config.hpp>
#include <berth/kube/schedule/plugins/node_resources_fit.hpp>

#include <optional>
#include <span>

namespace berth::kube::plugins {

/// Prefers nodes on which the pod makes the use of resources more even: 75, and half of what evenness (100
/// less the deviation of the shares in use, in hundredths) gains by it or loses. Takes no part for a pod that
/// asks for none of the resources.
struct balance {
    static constexpr std::string_view name = "NodeResourcesBalancedAllocation";
    using reads = schedule::reads<&node_info::allocatable, &node_info::requested>;

    std::span<weighed_resource const> resources = cpu_and_memory; ///< must outlive this; weights do not count

    struct asks {};

    auto prepare(pod_info const& p) const -> std::optional<asks>;
    auto operator()(pod_info const& p, node_info const& n, asks const&) const -> schedule::points;
};

inline constexpr auto node_resources_balanced_allocation = schedule::score<balance>({});

} // namespace berth::kube::plugins

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/schedule/plugins/node_resources_balanced_allocation.ipp>
#endif
