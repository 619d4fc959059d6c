#pragma once

/// \file
/// What is used of resource quotas, counted afresh (kubernetes 1.36, `pkg/controller/resourcequota`).

#include <berth/core/config.hpp>
#include <berth/kube/apps/controller_revision/type.hpp>
#include <berth/kube/apps/daemon_set/type.hpp>
#include <berth/kube/apps/deployment/type.hpp>
#include <berth/kube/apps/replica_set/type.hpp>
#include <berth/kube/apps/stateful_set/type.hpp>
#include <berth/kube/autoscaling/horizontal_pod_autoscaler/type.hpp>
#include <berth/kube/batch/cron_job/type.hpp>
#include <berth/kube/batch/job/type.hpp>
#include <berth/kube/coordination/lease/type.hpp>
#include <berth/kube/core/config_map/type.hpp>
#include <berth/kube/core/endpoints/type.hpp>
#include <berth/kube/core/limit_range/type.hpp>
#include <berth/kube/core/persistent_volume_claim/type.hpp>
#include <berth/kube/core/pod/type.hpp>
#include <berth/kube/core/pod_template/type.hpp>
#include <berth/kube/core/replication_controller/type.hpp>
#include <berth/kube/core/resource_quota/usage.hpp>
#include <berth/kube/core/secret/type.hpp>
#include <berth/kube/core/service/type.hpp>
#include <berth/kube/core/service_account/type.hpp>
#include <berth/kube/discovery/endpoint_slice/type.hpp>
#include <berth/kube/networking/ingress/type.hpp>
#include <berth/kube/networking/network_policy/type.hpp>
#include <berth/kube/policy/pod_disruption_budget/type.hpp>
#include <berth/kube/rbac/role/type.hpp>
#include <berth/kube/rbac/role_binding/type.hpp>
#include <berth/kube/storage/csi_storage_capacity/type.hpp>
#include <berth/reconcile/controller.hpp>

#include <vector>

namespace berth::kube {

namespace detail {

/// A kind as those know it who count its objects.
template <object::kind_type T> [[nodiscard]] auto counted_kind() -> api::kind const& {
    static auto const known = api::kind(object::type_of<T>());
    return known;
}

/// The quotas of a namespace that limit something that objects of a kind use.
[[nodiscard]] BERTH_DECL auto quotas_on(reconcile::snapshot const& world, std::string_view namespace_,
                                        api::kind const& k) -> std::vector<object::key>;

} // namespace detail

/// The reconcile function of resource quotas: `status.hard` becomes what the quota says, and `status.used`
/// what there is. Of resources that no kind here uses the amount stays that was there. Objects that appear
/// are counted by admission already; this one sees to those that go, and to quotas that are new. Counts again
/// every five minutes.
///
/// Events are not counted, nor are custom kinds and those that are described by text alone.
struct resource_quota_controller {
    static constexpr std::string_view name = "resourcequota";
    using reconciles = resource_quota;
    using watches =
        reconcile::kinds<pod, service, persistent_volume_claim, replication_controller, secret, config_map,
                         controller_revision, daemon_set, deployment, replica_set, stateful_set,
                         horizontal_pod_autoscaler, cron_job, job, lease, endpoints, limit_range,
                         pod_template, service_account, endpoint_slice, ingress, network_policy,
                         pod_disruption_budget, role, role_binding, csi_storage_capacity>;

    /// How long counts are believed.
    static constexpr duration resync = minutes(5);

    /// The quotas that limit what an object uses, if it is gone or has changed since: admission has counted
    /// what is there, and counting it again before all of it is seen would undo that.
    template <object::kind_type T> auto keys_for(reconcile::snapshot const& world, T const& o) const
        -> std::vector<object::key> {
        auto const there = world.get<T>(o.metadata.where());
        if (there && !matters(o, *there)) return {};
        return detail::quotas_on(world, o.metadata.namespace_, detail::counted_kind<T>());
    }

    /// Most objects only count: what they are like does not matter.
    template <object::kind_type T> auto matters(T const& before, T const& after) const -> bool {
        return before.metadata.uid != after.metadata.uid;
    }
    /// Of quotas what they limit; their status is this controller's and admission's.
    auto matters(resource_quota const& before, resource_quota const& after) const -> bool;
    auto matters(pod const& before, pod const& after) const -> bool;
    auto matters(service const& before, service const& after) const -> bool;
    auto matters(persistent_volume_claim const& before, persistent_volume_claim const& after) const -> bool;

    /// Looks at the objects of the kinds that the quota limits. Of most kinds that costs nothing.
    auto reconcile(reconcile::snapshot const& world, object::key const& k) const -> reconcile::plan;
};
static_assert(reconcile::controller<resource_quota_controller>);

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/resource_quota/controller.ipp>
#endif
