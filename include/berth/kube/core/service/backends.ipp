#pragma once

/// \file
/// The bodies of `berth/kube/core/service/backends.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/pod/state.hpp>
#include <berth/kube/core/service/backends.hpp>

#include <algorithm>

namespace berth::kube::detail {

inline auto port_named(object::list<container> const& containers, service_port const& wanted, bool sidecars)
    -> std::optional<std::int32_t> {
    for (auto const& c : containers) {
        if (sidecars && !is_sidecar(c)) continue;
        for (auto const& port : c.ports)
            if (port.name == wanted.target_port.text() && port.protocol == wanted.protocol) return port.port;
    }
    return std::nullopt;
}

inline auto ready_transition(pod const& p) -> object::timestamp {
    auto const* const c = object::find_condition(p.status.conditions, "Ready");
    return c == nullptr ? object::timestamp() : c->last_transition_time;
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto service_selector_index() -> reconcile::index {
    return reconcile::index_of<service>(std::string(services_by_selector), [](service const& s) {
        auto out = std::vector<std::string>();
        if (!s.spec.selector.empty()) {
            auto const& first = *s.spec.selector.begin();
            out.push_back(label_entry(s.metadata.namespace_, first.first, first.second));
        }
        return out;
    });
}

BERTH_DECL auto services_of(reconcile::snapshot const& world, pod const& p) -> std::vector<object::key> {
    auto out = std::vector<object::key>();
    for (auto const& [key, value] : p.metadata.labels) {
        auto const entry = label_entry(p.metadata.namespace_, key, value);
        for (auto const s : world.where<service>(services_by_selector, entry))
            if (object::selector::of_labels(s->spec.selector).matches(p.metadata.labels))
                out.push_back(s->metadata.where());
    }
    return out;
}

BERTH_DECL auto pods_behind(reconcile::snapshot const& world, service const& s)
    -> std::vector<reconcile::seen<pod>> {
    if (!chooses_pods(s)) return {};
    return selected_pods(world, s.metadata.namespace_, object::selector::of_labels(s.spec.selector));
}

BERTH_DECL auto is_reachable(pod const& p) -> bool {
    return !is_finished(p) && !(p.status.pod_ip.empty() && p.status.pod_ips.empty());
}

BERTH_DECL auto is_reached_otherwise(pod const& before, pod const& after) -> bool {
    return !(before.metadata.labels == after.metadata.labels) || before.metadata.uid != after.metadata.uid ||
           before.metadata.deleting() != after.metadata.deleting() || is_ready(before) != is_ready(after) ||
           is_finished(before) != is_finished(after) || before.spec.node_name != after.spec.node_name ||
           before.status.pod_ip != after.status.pod_ip || !(before.status.pod_ips == after.status.pod_ips) ||
           before.spec.hostname != after.spec.hostname || before.spec.subdomain != after.spec.subdomain;
}

BERTH_DECL auto port_of(pod const& p, service_port const& wanted) -> std::optional<std::int32_t> {
    if (wanted.target_port.is_number()) return wanted.target_port.number();
    auto const found = detail::port_named(p.spec.containers, wanted, false);
    return found ? found : detail::port_named(p.spec.init_containers, wanted, true);
}

BERTH_DECL auto triggered(trigger_times const& before, service const& s,
                          std::vector<reconcile::seen<pod>> const& pods)
    -> std::pair<object::timestamp, trigger_times> {
    auto after = trigger_times{true, s.metadata.creation_timestamp, {}};
    auto earliest = object::timestamp();
    auto const take = [&](object::timestamp since, object::timestamp last) {
        if (since > last && (earliest.is_zero() || since < earliest)) earliest = since;
    };
    for (auto const& p : pods) {
        auto const since = detail::ready_transition(*p);
        if (since.is_zero()) continue;
        auto const last = before.pods_since.find(p->metadata.name);
        take(since, last == before.pods_since.end() ? object::timestamp() : last->second);
        after.pods_since[p->metadata.name] = since;
    }
    take(after.service_since, before.service_since);
    return {before.known ? earliest : after.service_since, std::move(after)};
}

BERTH_DECL auto annotate_trigger(object::string_map& annotations, object::timestamp at) -> void {
    if (at.is_zero()) annotations.erase(trigger_time_annotation);
    else annotations[trigger_time_annotation] = at.to_string();
}

} // namespace berth::kube
