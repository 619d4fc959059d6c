#pragma once

/// \file
/// Keeps the slices of services with selectors as their pods are (kubernetes 1.36,
/// `pkg/controller/endpointslice`, `k8s.io/endpointslice`).

#include <berth/core/config.hpp>
#include <berth/kube/core/node/type.hpp>
#include <berth/kube/core/service/backends.hpp>
#include <berth/kube/discovery/endpoint_slice/controller/slice_changes.hpp>
#include <berth/reconcile/controller.hpp>

#include <cstddef>
#include <string_view>
#include <vector>

namespace berth::kube {

/// The reconcile function of the slices of services.
///
/// Every pod that has an address and is not over is in a slice of each family of addresses that the service
/// has, with the ports that its containers have under the names that the service wants: ready (or as if it
/// were, if the service says so), serving, terminating. A pod on a node that is not known is left out, unless
/// the service publishes what is not ready. Where there are no endpoints an empty slice says so.
///
/// Hints are those of `trafficDistribution`. Those of the annotation `service.kubernetes.io/topology-mode`,
/// which depend on the capacities of zones, are not given; slices are then as without it.
struct endpoint_slice_controller {
    static constexpr std::string_view name = "endpointslice";
    static constexpr std::string_view manager = "endpointslice-controller.k8s.io";
    using reconciles = service;
    using owns = reconcile::kinds<endpoint_slice>;
    using watches = reconcile::kinds<pod, node>;
    using memory = trigger_times;

    std::size_t most_per_slice = 100; ///< endpoints

    static auto indexes() -> std::vector<reconcile::index>;

    auto keys_for(reconcile::snapshot const& world, pod const& p) const -> std::vector<object::key>;
    /// The services of the pods of a node.
    auto keys_for(reconcile::snapshot const& world, node const& n) const -> std::vector<object::key>;
    auto keys_for(reconcile::snapshot const& world, endpoint_slice const& s) const
        -> std::vector<object::key>;
    auto matters(pod const& before, pod const& after) const -> bool {
        return is_reached_otherwise(before, after);
    }
    /// Of nodes only their zone matters.
    auto matters(node const& before, node const& after) const -> bool;

    auto reconcile(reconcile::snapshot const& world, object::key const& k, trigger_times const& before) const
        -> reconcile::decision<trigger_times>;
};
static_assert(reconcile::controller<endpoint_slice_controller>);

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/discovery/endpoint_slice/controller.ipp>
#endif
