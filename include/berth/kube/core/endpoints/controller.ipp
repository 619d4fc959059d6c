#pragma once

/// \file
/// The bodies of `berth/kube/core/endpoints/controller.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/endpoints/controller.hpp>
#include <berth/kube/core/endpoints/controller/subsets.hpp>
#include <berth/kube/core/pod/state.hpp>

#include <optional>
#include <string>
#include <utility>

namespace berth::kube::detail {

/// Whether a service is reached by IPv6 first. An old one that does not say has the family of its address, or
/// of its pods.
inline auto prefers_ipv6(service const& s, pod const& p) -> bool {
    if (!s.spec.ip_families.empty()) return s.spec.ip_families.front() == "IPv6";
    return is_ipv6(is_headless(s) ? p.status.pod_ip : s.spec.cluster_ip);
}

/// The address at which a pod is reached for a service. Nothing, if it has none of the service's family.
inline auto address_of(service const& s, pod const& p) -> std::optional<endpoint_address> {
    auto const ipv6 = prefers_ipv6(s, p);
    auto out = endpoint_address();
    for (auto const& a : p.status.pod_ips)
        if (out.ip.empty() && is_ipv6(a.ip) == ipv6) out.ip = a.ip;
    if (out.ip.empty()) return std::nullopt;
    out.node_name = p.spec.node_name;
    if (is_named_by(p, s)) out.hostname = p.spec.hostname;
    auto& target = out.target_ref.engage();
    target.kind = "Pod";
    target.namespace_ = p.metadata.namespace_;
    target.name = p.metadata.name;
    target.uid = p.metadata.uid;
    return out;
}

/// Adds a pod to subsets, one for each port of a service that it has; one without ports, if a headless
/// service has none.
inline auto add_pod(service const& s, pod const& p, object::list<endpoint_subset>& to) -> void {
    auto const address = address_of(s, p);
    if (!address) return;
    auto const ready = s.spec.publish_not_ready_addresses || is_ready(p);
    auto const add = [&]() -> endpoint_subset& {
        auto& subset = to.emplace_back();
        (ready ? subset.addresses : subset.not_ready_addresses).push_back(*address);
        return subset;
    };
    if (s.spec.ports.empty() && s.spec.cluster_ip == "None") add();
    for (auto const& wanted : s.spec.ports) {
        auto const number = port_of(p, wanted);
        if (!number) continue;
        auto& port = add().ports.emplace_back();
        port.name = wanted.name;
        port.port = *number;
        port.protocol = wanted.protocol;
        port.app_protocol = wanted.app_protocol;
    }
}

inline auto subsets_of(service const& s, std::vector<reconcile::seen<pod>> const& pods)
    -> object::list<endpoint_subset> {
    auto out = object::list<endpoint_subset>();
    for (auto const& p : pods) {
        auto const goes = p->metadata.deleting() && !s.spec.publish_not_ready_addresses;
        if (is_reachable(*p) && !goes) add_pod(s, *p, out);
    }
    return repacked(out);
}

/// Subsets as they are compared: the revisions of pods do not matter.
inline auto versionless(object::list<endpoint_subset> subsets) -> object::list<endpoint_subset> {
    for (auto& s : subsets)
        for (auto* const list : {&s.addresses, &s.not_ready_addresses})
            for (auto& a : *list)
                if (a.target_ref) a.target_ref->resource_version.clear();
    return subsets;
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto endpoints_controller::indexes() -> std::vector<reconcile::index> {
    return {pod_label_index(), service_selector_index()};
}

BERTH_DECL auto endpoints_controller::keys_for(reconcile::snapshot const& world, pod const& p) const
    -> std::vector<object::key> {
    return services_of(world, p);
}

BERTH_DECL auto endpoints_controller::keys_for(reconcile::snapshot const& world, endpoints const& e) const
    -> std::vector<object::key> {
    if (!world.get<service>(e.metadata.where())) return {};
    return {e.metadata.where()};
}

BERTH_DECL auto endpoints_controller::reconcile(reconcile::snapshot const& world, object::key const& k,
                                                trigger_times const& before) const
    -> reconcile::decision<trigger_times> {
    auto plan = reconcile::plan{};
    auto const of = world.get<service>(k);
    auto const there = world.get<endpoints>(k);
    if (!of) {
        if (there) plan.remove(there, {.any_revision = true});
        return {std::move(plan), {}};
    }
    if (!chooses_pods(*of)) return {std::move(plan), before};
    auto const pods = pods_behind(world, *of);
    auto [at, after] = triggered(before, *of, pods);
    auto next = there ? *there : endpoints();
    next.metadata.namespace_ = k.namespace_;
    next.metadata.name = k.name;
    next.subsets = detail::subsets_of(*of, pods);
    next.metadata.labels = of->metadata.labels;
    next.metadata.labels[endpoints_manager_label] = std::string(manager);
    if (is_headless(*of)) next.metadata.labels[headless_label] = "";
    else next.metadata.labels.erase(headless_label);
    next.metadata.annotations.erase(over_capacity_annotation);
    if (truncate(next.subsets, most)) next.metadata.annotations[over_capacity_annotation] = "truncated";
    auto const is_right = there && detail::versionless(there->subsets) == detail::versionless(next.subsets) &&
                          there->metadata.labels == next.metadata.labels &&
                          there->metadata.annotations == next.metadata.annotations;
    if (is_right) return {std::move(plan), std::move(after)};
    annotate_trigger(next.metadata.annotations, at);
    auto const where = k.to_string();
    if (there) {
        plan.update(there, std::move(next));
        plan.warn(there, "FailedToUpdateEndpoint", "Failed to update endpoint " + where + ": {error}",
                  reconcile::note::when::failed);
    } else {
        auto made = object::any_object(std::move(next));
        auto const about = reconcile::reference(made);
        plan.create(std::move(made));
        plan.tell({about, "Warning", "FailedToCreateEndpoint",
                   "Failed to create endpoint for service " + where + ": {error}",
                   reconcile::note::when::failed});
    }
    return {std::move(plan), std::move(after)};
}

} // namespace berth::kube
