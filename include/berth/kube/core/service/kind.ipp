#pragma once

/// \file
/// The bodies of `berth/kube/core/service/kind.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/service/kind.hpp>

#include <algorithm>

namespace berth::kube::detail {

inline auto shown_external_ip(service const& s) -> std::string {
    auto const given = joined(s.spec.external_ips);
    if (s.spec.type == "ClusterIP" || s.spec.type == "NodePort") return or_none(given);
    if (s.spec.type == "ExternalName") return s.spec.external_name;
    if (s.spec.type != "LoadBalancer") return "<unknown>";
    auto addresses = std::vector<std::string>();
    for (auto const& i : s.status.load_balancer.ingress)
        addresses.push_back(i.ip.empty() ? i.hostname : i.ip);
    std::sort(addresses.begin(), addresses.end());
    addresses.erase(std::unique(addresses.begin(), addresses.end()), addresses.end());
    if (!given.empty()) addresses.push_back(given);
    return addresses.empty() ? "<pending>" : joined(addresses);
}

inline auto shown_ports(service const& s) -> std::string {
    auto out = std::string();
    for (auto const& p : s.spec.ports) {
        (out += out.empty() ? "" : ",") += std::to_string(p.port);
        if (p.node_port > 0) out += ":" + std::to_string(p.node_port);
        out += "/" + p.protocol;
    }
    return or_none(out);
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto service_kind() -> api::kind_of<service> {
    auto k = api::kind_of<service>{};
    k.metadata.name = api::name_rule::dns1035_label;
    k.short_names = {"svc"};
    k.categories = {"all"};
    k.returns_deleted = true;
    k.set_defaults = &set_defaults;
    k.prepare_update = &drop_idle_members;
    k.validate = &validate;
    k.warnings = &warnings_of;
    k.validate_update = &validate_update;
    k.validate_status = &validate_status;
    k.field_labels = {{"spec.clusterIP", [](service const& s) { return s.spec.cluster_ip; }},
                      {"spec.type", [](service const& s) { return s.spec.type; }}};
    k.columns = {
        name_column<service>(),
        column<service>("Type", [](service const& s, time_point) -> api::cell { return s.spec.type; }),
        column<service>("Cluster-IP",
                        [](service const& s, time_point) -> api::cell {
                            return or_none(s.spec.cluster_ips.empty() ? s.spec.cluster_ip
                                                                      : s.spec.cluster_ips.front());
                        }),
        column<service>(
            "External-IP",
            [](service const& s, time_point) -> api::cell { return detail::shown_external_ip(s); }),
        column<service>("Port(s)",
                        [](service const& s, time_point) -> api::cell { return detail::shown_ports(s); }),
        age_column<service>(),
        wide_column<service>("Selector", [](service const& s, time_point) -> api::cell {
            return shown_labels(s.spec.selector);
        })};
    return k;
}

} // namespace berth::kube
