#pragma once

/// \file
/// The pods behind a service: which they are, at which ports and addresses they are reached, and when they
/// came to be so (kubernetes 1.36, `k8s.io/endpointslice/util`, `pkg/api/v1/pod`).

#include <berth/core/config.hpp>
#include <berth/kube/control/selected_pods.hpp>
#include <berth/kube/core/service/type.hpp>
#include <berth/reconcile/controller.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace berth::kube {

inline constexpr std::string_view trigger_time_annotation =
    "endpoints.kubernetes.io/last-change-trigger-time";
inline constexpr std::string_view headless_label = "service.kubernetes.io/headless";

/// The index of services that have a selector, by namespace and one label of it.
inline constexpr std::string_view services_by_selector = "services-by-selector";
[[nodiscard]] BERTH_DECL auto service_selector_index() -> reconcile::index;

/// The services that select a pod. Needs the index over selectors.
[[nodiscard]] BERTH_DECL auto services_of(reconcile::snapshot const& world, pod const& p)
    -> std::vector<object::key>;

/// The pods that a service selects, in the order of their names; none, if it has no selector. Needs the index
/// of pods over labels.
[[nodiscard]] BERTH_DECL auto pods_behind(reconcile::snapshot const& world, service const& s)
    -> std::vector<reconcile::seen<pod>>;

/// Whether a service has pods of its own choice at all: one that selects nothing, or is but another name, has
/// not.
[[nodiscard]] inline auto chooses_pods(service const& s) -> bool {
    return s.spec.type != "ExternalName" && !s.spec.selector.empty();
}

/// Whether a service has no address of its own.
[[nodiscard]] inline auto is_headless(service const& s) -> bool {
    return s.spec.cluster_ip.empty() || s.spec.cluster_ip == "None";
}

[[nodiscard]] inline auto is_ipv6(std::string_view address) -> bool {
    return address.find(':') != std::string_view::npos;
}

/// Whether a pod can be reached: it is not over, and has an address.
[[nodiscard]] BERTH_DECL auto is_reachable(pod const& p) -> bool;

/// Whether a change of a pod can change how it is reached.
[[nodiscard]] BERTH_DECL auto is_reached_otherwise(pod const& before, pod const& after) -> bool;

/// The number of the port to which a pod's containers (and sidecars) are sent what comes to a port of a
/// service. Nothing, if none has the name that it wants.
[[nodiscard]] BERTH_DECL auto port_of(pod const& p, service_port const& wanted)
    -> std::optional<std::int32_t>;

/// Whether a pod has a name of its own below that of a service.
[[nodiscard]] inline auto is_named_by(pod const& p, service const& s) -> bool {
    return !p.spec.hostname.empty() && p.spec.subdomain == s.metadata.name &&
           p.metadata.namespace_ == s.metadata.namespace_;
}

/// What was known of a service when it was last looked at: since when its pods were ready or not.
struct trigger_times {
    bool known = false;
    object::timestamp service_since;
    std::map<std::string, object::timestamp> pods_since;

    friend auto operator==(trigger_times const&, trigger_times const&) -> bool = default;
};

/// The earliest change since a service was last looked at, from which delays are measured, and what is known
/// now. For a service that was never looked at that is its creation. The zero time: nothing changed.
[[nodiscard]] BERTH_DECL auto triggered(trigger_times const& before, service const& s,
                                        std::vector<reconcile::seen<pod>> const& pods)
    -> std::pair<object::timestamp, trigger_times>;

/// Notes in annotations when what they are about was caused.
BERTH_DECL auto annotate_trigger(object::string_map& annotations, object::timestamp at) -> void;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/service/backends.ipp>
#endif
