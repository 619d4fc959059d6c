#pragma once

/// \file
/// All controllers of a cluster as one component, over caches that they share.

#include <berth/kube/apps/deployment/controller.hpp>
#include <berth/kube/apps/replica_set/controller.hpp>
#include <berth/kube/control/garbage_collector.hpp>
#include <berth/kube/control/pod_gc.hpp>
#include <berth/kube/control/taint_eviction.hpp>
#include <berth/kube/core/event/recorder.hpp>
#include <berth/kube/core/namespace/controller.hpp>
#include <berth/kube/core/node/controller.hpp>
#include <berth/kube/core/service_account/controller.hpp>
#include <berth/reconcile/loop.hpp>

#include <array>
#include <memory>
#include <string>
#include <utility>

namespace berth::kube {

/// What the controllers may be told.
struct controller_manager_options {
    node_lifecycle_options nodes = {};
    pod_gc_options pods = {};
    garbage_collector_options garbage = {};
    namespace_options namespaces = {};
    reconcile::back_off wait = {}; ///< of keys that fail or meet conflicts
    reconcile::reflector_options caches = {};
    std::string root_certificates =
        root_certificate_controller().bundle; ///< see `root_certificate_controller`
};

/// What they have done.
struct controller_manager_counters {
    reconcile::loop_counters replica_sets, deployments, nodes, evictions, accounts, certificates;
    garbage_collector_counters garbage;
    namespace_counters namespaces;
    std::uint64_t pods_removed = 0; ///< by `pod_gc`
};

/// The controllers of deployments, replica sets, nodes, taints, namespaces, service accounts and root
/// certificates, and the garbage collectors of objects and of pods. A component: it steps the caches and each
/// controller in turn. What they tell of their work becomes Events.
///
/// The namespaces' and the garbage collector clean up the kinds of the registry, as it is at the time. The
/// client must outlive it; it says who the controllers are (e.g. `system:kube-controller-manager`).
template <api::client Client> class controller_manager {
public:
    controller_manager(Client& client, api::shared_registry const& kinds,
                       controller_manager_options options = {})
        : caches_(client, options.caches),
          observing_(observe_nodes(caches_, observations_)),
          replica_sets_(client, caches_, {}, told_by(client, "replicaset-controller", options)),
          deployments_(client, caches_, {}, told_by(client, "deployment-controller", options)),
          nodes_(client, caches_, {options.nodes, &observations_},
                 told_by(client, "node-controller", options)),
          evictions_(client, caches_, {&observations_},
                     told_by(client, "taint-eviction-controller", options)),
          accounts_(client, caches_, {}, told_by(client, "service-account-controller", options)),
          certificates_(client, caches_, {options.root_certificates},
                        told_by(client, "root-ca-certificate-publisher", options)),
          namespaces_(client, kinds, caches_, options.namespaces),
          garbage_(client, kinds, caches_, options.garbage),
          pods_(client, caches_, options.pods) {}
    controller_manager(controller_manager const&) = delete;
    auto operator=(controller_manager const&) -> controller_manager& = delete;

    auto step(time_point now) -> wake {
        auto wish = caches_.step(now);
        each([&](auto& c) { wish = sooner(wish, c.step(now)); });
        return wish;
    }
    auto on_wake(waker w) -> void {
        caches_.on_wake(w);
        each([&](auto& c) { c.on_wake(w); });
    }

    /// Whether everything that there is has been seen once.
    [[nodiscard]] auto synced() const -> bool { return caches_.synced(); }
    [[nodiscard]] auto counters() const -> controller_manager_counters {
        return {replica_sets_.counters(), deployments_.counters(), nodes_.counters(),
                evictions_.counters(),    accounts_.counters(),    certificates_.counters(),
                garbage_.counters(),      namespaces_.counters(),  pods_.removed()};
    }
    /// The caches, for others who want to see what the controllers see.
    [[nodiscard]] auto caches() -> reconcile::caches& { return caches_; }

private:
    template <class Controller> using loop = reconcile::loop<Controller>;

    static auto told_by(Client& client, std::string component, controller_manager_options const& from)
        -> reconcile::loop_options {
        auto out = reconcile::loop_options{};
        out.wait = from.wait;
        auto recorder =
            std::make_shared<event_recorder<Client>>(client, event_reporter{std::move(component), {}});
        out.record = [recorder](reconcile::note const& n, time_point now) { (*recorder)(n, now); };
        return out;
    }
    template <class F> auto each(F&& f) -> void {
        f(replica_sets_);
        f(deployments_);
        f(nodes_);
        f(evictions_);
        f(accounts_);
        f(certificates_);
        f(namespaces_);
        f(garbage_);
        f(pods_);
    }

    node_observations observations_;
    reconcile::caches caches_;
    std::array<reconcile::caches::listening, 2> observing_;
    loop<replica_set_controller> replica_sets_;
    loop<deployment_controller> deployments_;
    loop<node_lifecycle_controller> nodes_;
    loop<taint_eviction_controller> evictions_;
    loop<service_accounts_controller> accounts_;
    loop<root_certificate_controller> certificates_;
    namespace_controller<Client> namespaces_;
    garbage_collector<Client> garbage_;
    pod_gc<Client> pods_;
};

} // namespace berth::kube
