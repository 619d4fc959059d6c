#pragma once

/// \file
/// The bodies of `berth/kube/core/service/validation.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/service/validation.hpp>

#include <range/v3/view/enumerate.hpp>

#include <algorithm>
#include <set>

namespace berth::kube::detail {

inline auto validate_service_port(service_port const& p, bool needs_name, std::set<std::string_view>& names,
                                  field_path const& at, field_errors& errors) -> void {
    auto const name = at.child("name");
    if (!p.name.empty()) {
        validate_name(name_rule::dns1123_label, p.name, name, errors);
        if (!names.insert(p.name).second) errors.duplicate(name, p.name);
    } else if (needs_name) {
        errors.required(name);
    }
    check_bounds(p, &service_port::port, at, errors);
    require_allowed(p, &service_port::protocol, at, errors);
    validate_port(p.target_port, at.child("targetPort"), errors);
    if (p.app_protocol) validate_label_name(*p.app_protocol, at.child("appProtocol"), errors);
}

inline auto validate_service_ports(service_spec const& s, field_errors& errors) -> void {
    auto const at = service_path.child("ports");
    auto names = std::set<std::string_view>();
    for (auto const& [i, p] : ranges::views::enumerate(s.ports))
        validate_service_port(p, s.ports.size() > 1, names, at.index(i), errors);
    auto node_ports = std::set<std::pair<std::string_view, std::int32_t>>();
    auto numbers = std::set<std::pair<std::string_view, std::int32_t>>();
    for (auto const& [i, p] : ranges::views::enumerate(s.ports)) {
        auto const one = at.index(i);
        if (s.type == "ClusterIP" && p.node_port != 0)
            errors.forbidden(one.child("nodePort"), "may not be used when `type` is 'ClusterIP'");
        if (p.node_port != 0 && !node_ports.emplace(p.protocol, p.node_port).second)
            errors.duplicate(one.child("nodePort"), p.node_port);
        if (numbers.emplace(p.protocol, p.port).second) continue;
        auto key = service_port();
        key.protocol = p.protocol;
        key.port = p.port;
        errors.duplicate(one, shown_internal(key));
    }
}

inline auto validate_external_name(service_spec const& s, field_errors& errors) -> void {
    constexpr auto why = "may not be set for ExternalName services";
    if (!s.cluster_ips.empty()) errors.forbidden(service_path.child("clusterIPs"), why);
    if (!s.ip_families.empty()) errors.forbidden(service_path.child("ipFamilies"), why);
    if (s.ip_family_policy) errors.forbidden(service_path.child("ipFamilyPolicy"), why);
    auto name = std::string_view(s.external_name);
    if (!name.empty() && name.back() == '.') name.remove_suffix(1);
    if (name.empty()) errors.required(service_path.child("externalName"));
    else validate_name(name_rule::dns1123_subdomain, name, service_path.child("externalName"), errors);
}

inline auto validate_session_affinity(service_spec const& s, field_errors& errors) -> void {
    auto const config = service_path.child("sessionAffinityConfig");
    require_allowed(s, &service_spec::session_affinity, service_path, errors);
    if (s.session_affinity == "None" && s.session_affinity_config)
        errors.forbidden(config, "must not be set when session affinity is None");
    if (s.session_affinity != "ClientIP") return;
    constexpr auto why = "when session affinity type is ClientIP";
    auto const client = config.child("clientIP");
    if (!s.session_affinity_config) return errors.required(config, why);
    if (!s.session_affinity_config->client_ip) return errors.required(client, why);
    auto const seconds = s.session_affinity_config->client_ip->timeout_seconds;
    if (!seconds) return errors.required(client.child("timeoutSeconds"), why);
    auto const& f = object::field_of(&client_ip_config::timeout_seconds);
    if (!object::is_in_bounds(f, *seconds))
        errors.invalid(client.child(f.name), *seconds,
                       "must be greater than 0 and less than " + std::to_string(f.details->maximum));
}

inline auto validate_families(service_spec const& s, field_errors& errors) -> void {
    auto const& f = object::field_of(&service_spec::ip_families);
    auto const at = service_path.child(f.name);
    auto seen = std::set<std::string_view>();
    for (auto const& [i, family] : ranges::views::enumerate(s.ip_families)) {
        check_allowed(f, family, at.index(i), errors);
        if (!seen.insert(family).second) errors.duplicate(at.index(i), family);
    }
    check_allowed(s, &service_spec::ip_family_policy, service_path, errors);
}

/// Whether all addresses are addresses.
inline auto validate_cluster_addresses(service_spec const& s, field_path const& at, field_errors& errors)
    -> bool {
    auto right = true;
    for (std::size_t i = 0; i < s.cluster_ips.size(); ++i) {
        if (i != 0 || s.cluster_ips[0] != "None") {
            right = validate_ip(s.cluster_ips[i], at.index(i), errors) && right;
        } else if (s.cluster_ips.size() > 1) {
            right = false;
            errors.invalid(at, shown_value::list(s.cluster_ips), "'None' must be the first and only value");
        }
    }
    if (s.cluster_ips.size() > 2)
        errors.invalid(at, shown_value::list(s.cluster_ips), "may only hold up to 2 values");
    return right;
}

BERTH_DECL auto validate_cluster_ips(service_spec const& s, field_errors& errors) -> void {
    if (s.type == "ExternalName") return;
    auto const at = service_path.child("clusterIPs");
    auto const all = shown_value::list(s.cluster_ips);
    if (s.cluster_ip.empty()) {
        if (!s.cluster_ips.empty())
            errors.invalid(at, all, "must be empty when `clusterIP` is not specified");
    } else if (s.cluster_ips.empty()) {
        errors.required(at);
    } else if (s.cluster_ips[0] != s.cluster_ip) {
        errors.invalid(at, all, "first value must match `clusterIP`");
    }
    validate_families(s, errors);
    if (!validate_cluster_addresses(s, at, errors)) return;
    if (s.cluster_ips.size() > 1 && !is_dual_stack(s.cluster_ips))
        errors.invalid(at, all, "may specify no more than one IP for each IP family");
    if (is_headless(s)) return;
    for (std::size_t i = 0; i < std::min(s.cluster_ips.size(), s.ip_families.size()); ++i) {
        auto const v6 = s.cluster_ips[i].find(':') != std::string::npos;
        auto const& family = s.ip_families[i];
        if ((family == "IPv4" && v6) || (family == "IPv6" && !v6))
            errors.invalid(at.index(i), s.cluster_ips[i],
                           "expected an " + family + " value as indicated by `ipFamilies[" +
                               std::to_string(i) + "]`");
    }
}

inline auto validate_source_ranges(service const& s, field_errors& errors) -> void {
    constexpr auto annotation = "service.beta.kubernetes.io/load-balancer-source-ranges";
    constexpr auto why = "may only be used when `type` is 'LoadBalancer'";
    auto const trimmed = [](std::string_view text) {
        while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
        while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
        return text;
    };
    auto const balanced = s.spec.type == "LoadBalancer";
    auto const at = service_path.child("LoadBalancerSourceRanges");
    auto const& sources = s.spec.load_balancer_source_ranges;
    if (!sources.empty() && !balanced) errors.forbidden(at, why);
    for (auto const& [i, cidr] : ranges::views::enumerate(sources))
        validate_cidr(trimmed(cidr), at.index(i), errors);
    auto const* text = s.metadata.annotations.find(annotation);
    if (!sources.empty() || text == nullptr) return;
    auto const annotations = metadata_path.child("annotations");
    auto const field = annotations.key(annotation);
    if (!balanced) errors.forbidden(field, why);
    auto rest = trimmed(*text);
    while (!rest.empty()) {
        auto const comma = rest.find(',');
        validate_cidr(trimmed(rest.substr(0, comma)), field, errors);
        rest = comma == std::string_view::npos ? std::string_view() : rest.substr(comma + 1);
    }
}

inline auto validate_external_traffic(service const& s, field_errors& errors) -> void {
    auto const at = service_path.child("externalTrafficPolicy");
    auto const& policy = s.spec.external_traffic_policy;
    if (!is_externally_accessible(s)) {
        if (!policy.empty()) errors.invalid(at, policy, "may only be set for externally-accessible services");
    } else if (policy.empty()) {
        errors.required(at);
    } else {
        check_allowed(s.spec, &service_spec::external_traffic_policy, service_path, errors);
    }
    auto const health = service_path.child("healthCheckNodePort");
    auto const port = s.spec.health_check_node_port;
    if (!needs_health_check(s.spec)) {
        if (port != 0)
            errors.invalid(
                health, port,
                "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'");
    } else if (port != 0) {
        check_bounds(s.spec, &service_spec::health_check_node_port, service_path, errors);
    }
}

inline auto validate_other_traffic(service_spec const& s, field_errors& errors) -> void {
    auto const internal = service_path.child("internalTrafficPolicy");
    if (!s.internal_traffic_policy) {
        if (is_any_of(s.type, {"NodePort", "LoadBalancer", "ClusterIP"})) errors.required(internal);
    }
    check_allowed(s, &service_spec::internal_traffic_policy, service_path, errors);
    check_allowed(s, &service_spec::traffic_distribution, service_path, errors);
}

BERTH_DECL auto validate_load_balancer_class(service_spec const& s, field_errors& errors) -> void {
    if (!s.load_balancer_class) return;
    auto const at = service_path.child("loadBalancerClass");
    if (s.type == "LoadBalancer") validate_label_name(*s.load_balancer_class, at, errors);
    else errors.forbidden(at, "may only be used when `type` is 'LoadBalancer'");
}

inline auto validate_load_balancer(service_spec const& s, field_errors& errors) -> void {
    auto const balanced = s.type == "LoadBalancer";
    if (s.allocate_load_balancer_node_ports && !balanced)
        errors.forbidden(service_path.child("allocateLoadBalancerNodePorts"),
                         "may only be used when `type` is 'LoadBalancer'");
    if (!s.allocate_load_balancer_node_ports && balanced)
        errors.required(field_path("allocateLoadBalancerNodePorts"));
    validate_load_balancer_class(s, errors);
}

inline auto validate_topology_annotations(object::string_map const& annotations, field_errors& errors)
    -> void {
    constexpr auto hints = "service.kubernetes.io/topology-aware-hints";
    constexpr auto mode = "service.kubernetes.io/topology-mode";
    auto const* a = annotations.find(hints);
    auto const* b = annotations.find(mode);
    if (a == nullptr || b == nullptr || *a == *b) return;
    auto const at = metadata_path.child("annotations");
    errors.invalid(at.key(mode), *b,
                   "must match annotations[" + std::string(hints) + "] when both are specified");
}

inline auto validate_service_type(service_spec const& s, field_errors& errors) -> void {
    require_allowed(s, &service_spec::type, service_path, errors);
    auto const addresses = service_path.child("clusterIPs");
    if (is_headless(s) && is_any_of(s.type, {"LoadBalancer", "NodePort"}))
        errors.invalid(addresses.index(0), s.cluster_ips[0],
                       "may not be set to 'None' for " + s.type + " services");
    if (s.type == "ExternalName") validate_external_name(s, errors);
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto validate(service const& s, api::field_errors& errors) -> void {
    detail::validate_topology_annotations(s.metadata.annotations, errors);
    if (s.spec.ports.empty() && !detail::is_headless(s.spec) && s.spec.type != "ExternalName")
        errors.required(detail::service_path.child("ports"));
    detail::validate_service_type(s.spec, errors);
    detail::validate_service_ports(s.spec, errors);
    detail::validate_labels(s.spec.selector, detail::service_path.child("selector"), errors);
    detail::validate_session_affinity(s.spec, errors);
    detail::validate_cluster_ips(s.spec, errors);
    auto const external = detail::service_path.child("externalIPs");
    for (auto const& [i, ip] : ranges::views::enumerate(s.spec.external_ips)) {
        auto const one = external.index(i);
        if (detail::validate_ip(ip, one, errors)) detail::validate_non_special_ip(ip, one, errors);
    }
    detail::validate_source_ranges(s, errors);
    detail::validate_load_balancer(s.spec, errors);
    detail::validate_external_traffic(s, errors);
    detail::validate_other_traffic(s.spec, errors);
}

} // namespace berth::kube
