#pragma once

/// \file
/// Scales workloads by metrics (kubernetes 1.36, `pkg/controller/podautoscaler`).

#include <berth/core/config.hpp>
#include <berth/kube/autoscaling/horizontal_pod_autoscaler/controller/metric_answers.hpp>
#include <berth/kube/autoscaling/horizontal_pod_autoscaler/controller/metric_feed.hpp>
#include <berth/kube/autoscaling/horizontal_pod_autoscaler/controller/recommendations.hpp>
#include <berth/kube/autoscaling/horizontal_pod_autoscaler/controller/replica_calculator.hpp>
#include <berth/kube/autoscaling/horizontal_pod_autoscaler/controller/scale_target.hpp>
#include <berth/kube/autoscaling/horizontal_pod_autoscaler/type.hpp>
#include <berth/kube/control/selected_pods.hpp>
#include <berth/reconcile/controller.hpp>

#include <memory>
#include <string_view>
#include <vector>

namespace berth::kube {

/// How often an autoscaler looks, and how it goes by what it sees.
struct horizontal_pod_autoscaler_options {
    duration period = seconds(15);                 ///< between two looks
    duration downscale_stabilization = minutes(5); ///< for how long fewer replicas are put off
    replica_calculation_options calculation = {};
};

/// The reconcile function of horizontal pod autoscalers. It scales deployments, replica sets, stateful sets
/// and replication controllers, and by their subresource `scale` whatever else has one.
///
/// What the metrics APIs and the scales of other kinds have answered is part of its input: somebody else asks
/// them (`query_of`) and gives it the answers; without any there is no such API. Two autoscalers of one
/// target scale nothing. The notes come with a change of the status.
struct horizontal_pod_autoscaler_controller {
    static constexpr std::string_view name = "horizontalpodautoscaler";
    using reconciles = horizontal_pod_autoscaler;
    using reads = reconcile::kinds<pod, deployment, replica_set, stateful_set, replication_controller>;
    using memory = autoscaler_memory;

    horizontal_pod_autoscaler_options options = {};
    std::shared_ptr<metric_answers const> metrics = {}; ///< null: there is no metrics API
    std::shared_ptr<scale_answers const> scales = {};   ///< null: nobody asks about other kinds
    latest_metrics const* latest = nullptr; ///< in their place, if it is not null: what it has now

    static auto indexes() -> std::vector<reconcile::index>;

    /// What it writes itself is no reason to look again before the period is over.
    auto matters(horizontal_pod_autoscaler const& before, horizontal_pod_autoscaler const& after) const
        -> bool {
        return !(before.spec == after.spec) || before.metadata.uid != after.metadata.uid;
    }

    auto reconcile(reconcile::snapshot const& world, object::key const& k,
                   autoscaler_memory const& before) const -> reconcile::decision<autoscaler_memory>;
};
static_assert(reconcile::controller<horizontal_pod_autoscaler_controller>);

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/autoscaling/horizontal_pod_autoscaler/controller.ipp>
#endif
