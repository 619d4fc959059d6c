#pragma once

/// \file
/// Keeps slices as Endpoints are that somebody else writes, for services without selectors (kubernetes 1.36,
/// `pkg/controller/endpointslicemirroring`).

#include <berth/core/config.hpp>
#include <berth/kube/core/endpoints/type.hpp>
#include <berth/kube/core/service/type.hpp>
#include <berth/kube/discovery/endpoint_slice/controller/slice_changes.hpp>
#include <berth/reconcile/controller.hpp>

#include <cstddef>
#include <string_view>
#include <vector>

namespace berth::kube {

/// The reconcile function of slices that mirror Endpoints: one for each subset and type of address. There are
/// none for Endpoints without a service, of a service with a selector, with the label
/// `endpointslice.kubernetes.io/skip-mirror: "true"`, and for those by which a leader is elected.
struct endpoint_slice_mirroring_controller {
    static constexpr std::string_view name = "endpointslicemirroring";
    static constexpr std::string_view manager = "endpointslicemirroring-controller.k8s.io";
    using reconciles = endpoints;
    using owns = reconcile::kinds<endpoint_slice>;
    using watches = reconcile::kinds<service>;

    std::size_t most_per_subset = 1000; ///< addresses that are mirrored

    static auto indexes() -> std::vector<reconcile::index>;

    auto keys_for(reconcile::snapshot const& world, service const& s) const -> std::vector<object::key>;
    auto keys_for(reconcile::snapshot const& world, endpoint_slice const& s) const
        -> std::vector<object::key>;
    /// Of services only whether they select.
    auto matters(service const& before, service const& after) const -> bool;

    auto reconcile(reconcile::snapshot const& world, object::key const& k) const -> reconcile::plan;
};
static_assert(reconcile::controller<endpoint_slice_mirroring_controller>);

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/discovery/endpoint_slice/mirroring.ipp>
#endif
