#pragma once

/// \file
/// Keeps the Endpoints of services with selectors as their pods are (kubernetes 1.36,
/// `pkg/controller/endpoint`).

#include <berth/core/config.hpp>
#include <berth/kube/core/endpoints/type.hpp>
#include <berth/kube/core/service/backends.hpp>
#include <berth/reconcile/controller.hpp>

#include <cstddef>
#include <string_view>
#include <vector>

namespace berth::kube {

inline constexpr std::string_view endpoints_manager_label = "endpoints.kubernetes.io/managed-by";
inline constexpr std::string_view over_capacity_annotation = "endpoints.kubernetes.io/over-capacity";

/// The reconcile function of the Endpoints of services: those of the first family of addresses that a service
/// has, at most a thousand. When a service goes, the Endpoints of its name go with it, whoever made them.
///
/// The order of ports and subsets is that of their names, not that of hashes.
struct endpoints_controller {
    static constexpr std::string_view name = "endpoint";
    static constexpr std::string_view manager = "endpoint-controller";
    using reconciles = service;
    using watches = reconcile::kinds<pod, endpoints>;
    using memory = trigger_times;

    std::size_t most = 1000; ///< addresses of one object

    static auto indexes() -> std::vector<reconcile::index>;

    auto keys_for(reconcile::snapshot const& world, pod const& p) const -> std::vector<object::key>;
    /// Endpoints that are gone are made again, as long as there is a service of that name.
    auto keys_for(reconcile::snapshot const& world, endpoints const& e) const -> std::vector<object::key>;
    auto matters(pod const& before, pod const& after) const -> bool {
        return is_reached_otherwise(before, after);
    }
    auto matters(endpoints const& before, endpoints const& after) const -> bool {
        return before.metadata.uid != after.metadata.uid;
    }

    auto reconcile(reconcile::snapshot const& world, object::key const& k, trigger_times const& before) const
        -> reconcile::decision<trigger_times>;
};
static_assert(reconcile::controller<endpoints_controller>);

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/endpoints/controller.ipp>
#endif
