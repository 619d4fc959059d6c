#pragma once

/// \file
/// The bodies of `berth/kube/control/controller_manager.hpp`.

#include <berth/core/config.hpp>
#include <berth/core/pem.hpp>
#include <berth/kube/control/controller_manager.hpp>
#include <berth/kube/core/event/recorder.hpp>

#include <algorithm>
#include <array>
#include <memory>
#include <string_view>
#include <utility>

namespace berth::kube {

namespace detail {

/// Who says so in the Events that tell of a controller's work.
inline auto event_source_of(std::string_view controller) -> std::string {
    constexpr auto of_other_names = std::array{
        std::pair<std::string_view, std::string_view>{"horizontalpodautoscaler", "horizontal-pod-autoscaler"},
        std::pair<std::string_view, std::string_view>{"persistentvolumeclaim-protection",
                                                      "pvc-protection-controller"},
        std::pair<std::string_view, std::string_view>{"persistentvolume-protection",
                                                      "pv-protection-controller"},
        std::pair<std::string_view, std::string_view>{"persistentvolumeclaim-binder",
                                                      "persistentvolume-controller"},
        std::pair<std::string_view, std::string_view>{"persistentvolume-binder",
                                                      "persistentvolume-controller"},
        std::pair<std::string_view, std::string_view>{"ephemeral-volume", "ephemeral_volume"},
        std::pair<std::string_view, std::string_view>{"local-provisioner", local_provisioner},
        std::pair<std::string_view, std::string_view>{"node-lifecycle", "node-controller"},
        std::pair<std::string_view, std::string_view>{"node-registration", "node-controller"},
        std::pair<std::string_view, std::string_view>{"nodeipam", "cidrAllocator"},
        std::pair<std::string_view, std::string_view>{"replicationcontroller", "replication-controller"},
        std::pair<std::string_view, std::string_view>{"disruption", "controllermanager"},
        std::pair<std::string_view, std::string_view>{"endpointslice", "endpoint-slice-controller"},
        std::pair<std::string_view, std::string_view>{"endpointslicemirroring",
                                                      "endpoint-slice-mirroring-controller"},
    };
    for (auto const& [name, source] : of_other_names)
        if (name == controller) return std::string(source);
    return std::string(controller) + "-controller";
}

/// What secrets with tokens tell of the API's certificates: nothing, where there is none.
inline auto certificates_of(controller_manager_options const& o) -> std::string {
    return next_pem_block(o.root_certificates) ? o.root_certificates : std::string();
}

/// The options of loops whose notes become Events.
inline auto loops_with_events(api::any_client const& client, controller_manager_options const& from)
    -> reconcile::manager_options {
    auto out = reconcile::manager_options{};
    out.wait = from.wait;
    out.caches = from.caches;
    out.log = from.log;
    out.log_from = from.log_from;
    out.history = from.history;
    out.leadership = from.leadership;
    out.clock = from.clock;
    out.recorder = [client](std::string_view controller) -> reconcile::note_recorder {
        auto recorder =
            std::make_shared<event_recorder>(client, event_reporter{event_source_of(controller), {}});
        return [recorder](reconcile::note const& n, time_point now) { (*recorder)(n, now); };
    };
    return out;
}

} // namespace detail

BERTH_DECL controller_manager::controller_manager(api::any_client client, api::shared_registry const& kinds,
                                                  controller_manager_options options)
    : loops_(replica_set_controller(), deployment_controller(), stateful_set_controller(),
             daemon_set_controller(), replication_controller_controller(), job_controller(),
             job_orphan_controller(), cron_job_controller(), ttl_after_finished_controller(),
             disruption_controller(), stale_disruption_controller(), resource_quota_controller(),
             endpoint_slice_controller(), endpoints_controller(), endpoint_slice_mirroring_controller(),
             horizontal_pod_autoscaler_controller{options.autoscalers, {}, {}, &metrics_},
             node_lifecycle_controller{options.nodes, &observations_}, node_registration_controller(),
             node_ipam_controller{options.ranges}, taint_eviction_controller{&observations_},
             service_accounts_controller(),
             root_certificate_controller{options.root_certificates}, cluster_role_aggregation_controller(),
             persistent_volume_claim_controller{options.volumes},
             persistent_volume_controller{options.volumes}, ephemeral_volume_controller(),
             local_provisioner_controller(), local_resizer_controller(), local_reclaimer_controller(),
             token_secrets_controller{options.tokens, detail::certificates_of(options)},
             certificate_signing_controller{options.certificates},
             certificate_approving_controller{ask_access(client)}, certificate_cleaning_controller(),
             claim_protection_controller(), volume_protection_controller()),
      observing_(observe_nodes(started(client, options), observations_)),
      namespaces_(client, kinds, caches(), options.namespaces),
      garbage_(client, kinds, caches(), options.garbage),
      pods_(client, caches(), options.pods),
      feed_(client, caches(), metrics_, std::max(seconds(1), options.autoscalers.period / 3), kinds) {}

BERTH_DECL auto controller_manager::started(api::any_client const& client,
                                            controller_manager_options const& options) -> reconcile::caches& {
    loops_.start(client, detail::loops_with_events(client, options));
    return loops_.caches();
}

BERTH_DECL auto controller_manager::step(time_point now) -> wake {
    auto wish = loops_.step(now);
    if (loops_.held()) return wish;
    each([&](auto& c) { wish = sooner(wish, c.step(now)); });
    return wish;
}

BERTH_DECL auto controller_manager::on_wake(waker w) -> void {
    loops_.on_wake(w);
    each([&](auto& c) { c.on_wake(w); });
}

template <class F> auto controller_manager::each(F&& f) -> void {
    f(namespaces_);
    f(garbage_);
    f(pods_);
    f(feed_);
}

} // namespace berth::kube
