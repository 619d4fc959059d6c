#pragma once

/// \file
/// The bodies of `berth/kube/discovery/endpoint_slice/controller/desired.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/pod/state.hpp>
#include <berth/kube/discovery/endpoint_slice/controller/desired.hpp>
#include <berth/kube/discovery/endpoint_slice/controller/port_key.hpp>

#include <utility>

namespace berth::kube::detail {

inline auto ports_of(service const& s, pod const& p) -> object::list<slice_port> {
    auto out = object::list<slice_port>();
    for (auto const& wanted : s.spec.ports) {
        auto const number = port_of(p, wanted);
        if (!number) continue;
        auto& port = out.emplace_back();
        port.name = wanted.name;
        port.protocol = wanted.protocol;
        port.port = *number;
        port.app_protocol = wanted.app_protocol;
    }
    return out;
}

/// Whom a service wants an endpoint to be used by: those in its zone, or on its node.
inline auto set_hints(service const& s, endpoint& e) -> void {
    auto const& wish = s.spec.traffic_distribution;
    auto const wanted =
        wish && (*wish == "PreferClose" || *wish == "PreferSameZone" || *wish == "PreferSameNode");
    if (!wanted || !e.conditions.ready.value_or(false)) return;
    if (e.zone) e.hints.engage().for_zones.emplace_back().name = *e.zone;
    if (*wish == "PreferSameNode" && e.node_name)
        e.hints.engage().for_nodes.emplace_back().name = *e.node_name;
}

inline auto endpoint_of(service const& s, pod const& p, node const* on, bool ipv6) -> endpoint {
    auto out = endpoint();
    for (auto const& address : p.status.pod_ips)
        if (is_ipv6(address.ip) == ipv6) out.addresses.push_back(address.ip);
    auto const serving = is_ready(p);
    auto const terminating = p.metadata.deleting();
    out.conditions.ready = s.spec.publish_not_ready_addresses || (serving && !terminating);
    out.conditions.serving = serving;
    out.conditions.terminating = terminating;
    auto& target = out.target_ref.engage();
    target.kind = "Pod";
    target.namespace_ = p.metadata.namespace_;
    target.name = p.metadata.name;
    target.uid = p.metadata.uid;
    if (!p.spec.node_name.empty()) out.node_name = p.spec.node_name;
    if (on != nullptr && !on->metadata.labels.get(slice_zone_label).empty())
        out.zone = on->metadata.labels.get(slice_zone_label);
    if (is_named_by(p, s)) out.hostname = p.spec.hostname.str();
    set_hints(s, out);
    return out;
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto address_types_of(service const& s) -> std::vector<std::string_view> {
    auto out = std::vector<std::string_view>();
    for (auto const* const family : {"IPv4", "IPv6"})
        for (auto const& named : s.spec.ip_families)
            if (named == family && (out.empty() || out.back() != family)) out.push_back(family);
    if (!out.empty()) return out;
    if (is_headless(s)) return {"IPv4", "IPv6"};
    return {is_ipv6(s.spec.cluster_ip) ? "IPv6" : "IPv4"};
}

BERTH_DECL auto slice_labels(service const& s, std::string_view manager) -> object::string_map {
    auto out = detail::given_labels(s.metadata.labels);
    if (is_headless(s)) out[headless_label] = "";
    out[slice_service_label] = s.metadata.name;
    out[slice_manager_label] = std::string(manager);
    return out;
}

BERTH_DECL auto desired_of(reconcile::snapshot const& world, service const& s,
                           std::vector<reconcile::seen<pod>> const& pods, std::string_view address_type)
    -> desired_endpoints {
    auto out = desired_endpoints();
    for (auto const& p : pods) {
        if (!is_reachable(*p)) continue;
        auto ports = detail::ports_of(s, *p);
        auto& group = out.groups[port_key(ports)];
        if (group.ports.empty()) {
            sort_ports(ports);
            group.ports = std::move(ports);
        }
        auto const on = world.get<node>("", p->spec.node_name);
        if (!on && !s.spec.publish_not_ready_addresses) {
            out.without_node.push_back(p);
            continue;
        }
        auto e = detail::endpoint_of(s, *p, on.get(), address_type == "IPv6");
        if (e.addresses.empty()) continue;
        auto key = detail::endpoint_key(e);
        group.endpoints.insert_or_assign(std::move(key), std::move(e));
    }
    return out;
}

} // namespace berth::kube
