#pragma once

/// \file
/// All controllers of a cluster as one component, over caches that they share.

#include <berth/core/config.hpp>
#include <berth/kube/apps/daemon_set/controller.hpp>
#include <berth/kube/apps/deployment/controller.hpp>
#include <berth/kube/apps/replica_set/controller.hpp>
#include <berth/kube/apps/stateful_set/controller.hpp>
#include <berth/kube/autoscaling/horizontal_pod_autoscaler/controller.hpp>
#include <berth/kube/batch/cron_job/controller.hpp>
#include <berth/kube/batch/job/controller.hpp>
#include <berth/kube/certificates/certificate_signing_request/controller/approving.hpp>
#include <berth/kube/certificates/certificate_signing_request/controller/cleaning.hpp>
#include <berth/kube/certificates/certificate_signing_request/controller/signing.hpp>
#include <berth/kube/control/ephemeral_volume.hpp>
#include <berth/kube/control/garbage_collector.hpp>
#include <berth/kube/control/local_provisioner.hpp>
#include <berth/kube/control/pod_gc.hpp>
#include <berth/kube/control/taint_eviction.hpp>
#include <berth/kube/control/ttl_after_finished.hpp>
#include <berth/kube/control/volume_protection.hpp>
#include <berth/kube/core/endpoints/controller.hpp>
#include <berth/kube/core/namespace/controller.hpp>
#include <berth/kube/core/node/controller.hpp>
#include <berth/kube/core/node/controller/ipam.hpp>
#include <berth/kube/core/node/controller/registration.hpp>
#include <berth/kube/core/persistent_volume/controller.hpp>
#include <berth/kube/core/persistent_volume_claim/controller.hpp>
#include <berth/kube/core/replication_controller/controller.hpp>
#include <berth/kube/core/resource_quota/controller.hpp>
#include <berth/kube/core/service_account/controller.hpp>
#include <berth/kube/core/service_account/token_controller.hpp>
#include <berth/kube/discovery/endpoint_slice/controller.hpp>
#include <berth/kube/discovery/endpoint_slice/mirroring.hpp>
#include <berth/kube/policy/pod_disruption_budget/controller.hpp>
#include <berth/kube/rbac/cluster_role/controller.hpp>
#include <berth/reconcile/manager.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>

namespace berth::kube {

/// What the controllers may be told.
struct controller_manager_options {
    node_lifecycle_options nodes = {};
    node_ipam_options ranges = {}; ///< of the nodes' pods; none are given by default
    pod_gc_options pods = {};
    garbage_collector_options garbage = {};
    namespace_options namespaces = {};
    horizontal_pod_autoscaler_options autoscalers = {};
    volume_binding_options volumes = {};
    reconcile::back_off wait = {}; ///< of keys that fail or meet conflicts
    reconcile::reflector_options caches = {};
    reconcile::log_sink log = {}; ///< hears what the controllers do; empty: nobody does
    reconcile::log_level log_from = reconcile::log_level::info;
    /// Tells how late it is while a controller works, for durations; see `reconcile::loop_options`.
    std::function<time_point()> clock = {};
    std::size_t history = 0; ///< how many looks of each controller are kept, for `loops().find(...)`
    /// The leadership under which all of them work, see `reconcile::loop_options`. Give it with a client that
    /// is fenced by the same (`api::fenced_client`), for what is no plan. Empty: nobody has to lead.
    std::function<api::shared_fence()> leadership = {};
    /// By what the API is known, in PEM: see `root_certificate_controller`.
    std::string root_certificates = root_certificate_controller().bundle;
    /// Who signs requests for certificates to the signers of Kubernetes; empty: nobody.
    credentials::certificate_signer certificates = {};
    /// Whose tokens secrets are filled with; without a key: nobody's.
    token_authority tokens = {};
};

/// The controllers of a cluster: of deployments, sets, jobs and their schedules, budgets, quotas, endpoints,
/// nodes, taints, namespaces, summed roles, service accounts, volumes and their claims, and root
/// certificates, and the garbage collectors of objects and of pods. A component: it steps the caches and each
/// controller in turn. What they tell of their work becomes Events. Certificates are signed, and secrets
/// filled with tokens, where the options say by whom.
///
/// The namespaces' and the garbage collector clean up the kinds of the registry, as it is at the time. The
/// client must outlive it; it says who the controllers are (e.g. `system:kube-controller-manager`).
class controller_manager {
public:
    controller_manager(api::any_client client, api::shared_registry const& kinds,
                       controller_manager_options options = {});
    controller_manager(controller_manager const&) = delete;
    auto operator=(controller_manager const&) -> controller_manager& = delete;

    auto step(time_point now) -> wake;
    auto on_wake(waker w) -> void;

    /// Standby: the caches are kept up, but no controller works. Callable from any thread.
    auto hold(bool held) -> void { loops_.hold(held); }

    /// Whether everything that there is has been seen once.
    [[nodiscard]] auto synced() const -> bool { return loops_.synced(); }
    /// The caches, for others who want to see what the controllers see.
    [[nodiscard]] auto caches() -> reconcile::caches& { return loops_.caches(); }

    /// The controllers that are plans, by their names: what they have done, and their metrics.
    [[nodiscard]] auto loops() const -> reconcile::manager const& { return loops_; }
    [[nodiscard]] auto garbage() const -> garbage_collector_counters { return garbage_.counters(); }
    [[nodiscard]] auto namespaces() const -> namespace_counters { return namespaces_.counters(); }
    /// How many pods `pod_gc` has removed.
    [[nodiscard]] auto pods_removed() const -> std::uint64_t { return pods_.removed(); }

private:
    auto started(api::any_client const& client, controller_manager_options const& options)
        -> reconcile::caches&;
    template <class F> auto each(F&& f) -> void;

    node_observations observations_;
    latest_metrics metrics_;
    reconcile::manager loops_;
    std::array<reconcile::caches::listening, 2> observing_;
    namespace_controller namespaces_;
    garbage_collector garbage_;
    pod_gc pods_;
    metric_feed feed_;
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/control/controller_manager.ipp>
#endif
