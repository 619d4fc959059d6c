#pragma once

/// \file
/// The bodies of `berth/kube/control/controller_manager.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/control/controller_manager.hpp>
#include <berth/kube/core/event/recorder.hpp>

#include <memory>
#include <utility>

namespace berth::kube {

BERTH_DECL controller_manager::controller_manager(api::any_client client, api::shared_registry const& kinds,
                                                  controller_manager_options options)
    : caches_(client, options.caches),
      observing_(observe_nodes(caches_, observations_)),
      replica_sets_(client, caches_, {}, told_by(client, "replicaset-controller", options)),
      deployments_(client, caches_, {}, told_by(client, "deployment-controller", options)),
      nodes_(client, caches_, {options.nodes, &observations_}, told_by(client, "node-controller", options)),
      evictions_(client, caches_, {&observations_}, told_by(client, "taint-eviction-controller", options)),
      accounts_(client, caches_, {}, told_by(client, "service-account-controller", options)),
      certificates_(client, caches_, {options.root_certificates},
                    told_by(client, "root-ca-certificate-publisher", options)),
      claims_(client, caches_, {}, told_by(client, "pvc-protection-controller", options)),
      volumes_(client, caches_, {}, told_by(client, "pv-protection-controller", options)),
      namespaces_(client, kinds, caches_, options.namespaces),
      garbage_(client, kinds, caches_, options.garbage),
      pods_(client, caches_, options.pods) {}

BERTH_DECL auto controller_manager::step(time_point now) -> wake {
    auto wish = caches_.step(now);
    each([&](auto& c) { wish = sooner(wish, c.step(now)); });
    return wish;
}

BERTH_DECL auto controller_manager::on_wake(waker w) -> void {
    caches_.on_wake(w);
    each([&](auto& c) { c.on_wake(w); });
}

BERTH_DECL auto controller_manager::counters() const -> controller_manager_counters {
    return {replica_sets_.counters(), deployments_.counters(),  nodes_.counters(),  evictions_.counters(),
            accounts_.counters(),     certificates_.counters(), claims_.counters(), volumes_.counters(),
            garbage_.counters(),      namespaces_.counters(),   pods_.removed()};
}

BERTH_DECL auto controller_manager::told_by(api::any_client client, std::string component,
                                            controller_manager_options const& from)
    -> reconcile::loop_options {
    auto out = reconcile::loop_options{};
    out.wait = from.wait;
    auto recorder =
        std::make_shared<event_recorder>(std::move(client), event_reporter{std::move(component), {}});
    out.record = [recorder](reconcile::note const& n, time_point now) { (*recorder)(n, now); };
    return out;
}

template <class F> auto controller_manager::each(F&& f) -> void {
    f(replica_sets_);
    f(deployments_);
    f(nodes_);
    f(evictions_);
    f(accounts_);
    f(certificates_);
    f(claims_);
    f(volumes_);
    f(namespaces_);
    f(garbage_);
    f(pods_);
}

} // namespace berth::kube
