#pragma once

/// \file
/// The bodies of `berth/kube/core/service/addresses.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/service/addresses.hpp>
#include <berth/kube/core/service/validation.hpp>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace berth::kube::detail {

inline constexpr std::string_view single_stack = "SingleStack";
inline constexpr std::string_view prefer_dual_stack = "PreferDualStack";
inline constexpr std::string_view require_dual_stack = "RequireDualStack";

inline auto has_policy(service_spec const& s, std::string_view policy) -> bool {
    return s.ip_family_policy && *s.ip_family_policy == policy;
}

inline auto has_address(service_spec const& s) -> bool { return s.type != "ExternalName"; }

/// Without an address of its own and without pods of its own: somebody else says where it leads.
inline auto leads_anywhere(service_spec const& s) -> bool {
    return s.cluster_ip == "None" && s.selector.empty();
}

inline auto adopt_cluster_ips(service_spec& now, service_spec const& before) -> void {
    if (!has_address(now) || !has_address(before)) return;
    if (now.cluster_ip.empty()) now.cluster_ip = before.cluster_ip;
    if (now.cluster_ips.empty() && now.cluster_ip == before.cluster_ip) now.cluster_ips = before.cluster_ips;
}

/// Ports are known by their names; a number that both have is spoken for.
inline auto adopt_node_ports(service_spec& now, service_spec const& before) -> void {
    if (!has_node_ports(now) || !has_node_ports(before)) return;
    auto known = std::map<std::string_view, std::int32_t>();
    auto had = std::set<std::int32_t>();
    for (auto const& p : before.ports) known[p.name] = p.node_port;
    for (auto const& p : before.ports) had.insert(p.node_port);
    auto used = std::set<std::int32_t>();
    for (auto const& p : now.ports)
        if (had.contains(p.node_port)) used.insert(p.node_port);
    used.erase(0);
    for (auto& p : now.ports) {
        auto const old = known.find(p.name);
        if (p.node_port == 0 && old != known.end() && used.insert(old->second).second)
            p.node_port = old->second;
    }
}

/// A client that knows only `clusterIP` changes or clears it: the list follows.
inline auto follow_cluster_ip(service_spec& now, service_spec const& before) -> void {
    if (now.cluster_ips.empty() && now.cluster_ip == before.cluster_ip) now.cluster_ips = before.cluster_ips;
    if (now.cluster_ip == before.cluster_ip || now.cluster_ips != before.cluster_ips) return;
    if (now.cluster_ip.empty()) now.cluster_ips.clear();
    else now.cluster_ips = {now.cluster_ip};
}

/// Whether nothing has changed of a service that is to have both families where it can.
inline auto is_settled(service_spec const& now, service_spec const& before) -> bool {
    return has_policy(now, prefer_dual_stack) && now.type == before.type &&
           (!before.ip_family_policy || has_policy(before, prefer_dual_stack)) &&
           now.cluster_ips == before.cluster_ips && now.ip_families == before.ip_families;
}

inline auto default_policy(service_spec const& now, service const* before) -> std::string {
    if (before != nullptr && before->spec.ip_family_policy) return *before->spec.ip_family_policy;
    return std::string(leads_anywhere(now) ? require_dual_stack : single_stack);
}

/// Giving a family back takes the policy that says so.
inline auto release_family(service_spec& now, service_spec const& before, field_path const& policy,
                           field_errors& errors) -> void {
    if (has_policy(now, single_stack)) {
        if (now.cluster_ips == before.cluster_ips && now.cluster_ips.size() > 1) now.cluster_ips.resize(1);
        if (now.ip_families == before.ip_families && now.ip_families.size() > 1) now.ip_families.resize(1);
        return;
    }
    auto const fewer = [](auto const& a, auto const& b) { return !a.empty() && a.size() < b.size(); };
    if (fewer(now.cluster_ips, before.cluster_ips))
        errors.invalid(policy, *now.ip_family_policy,
                       "must be 'SingleStack' to release the secondary cluster IP");
    if (fewer(now.ip_families, before.ip_families))
        errors.invalid(policy, *now.ip_family_policy,
                       "must be 'SingleStack' to release the secondary IP family");
}

/// The families of the addresses that are given.
inline auto infer_families(service_spec& s, field_errors& errors) -> void {
    auto const at = service_path.child("clusterIPs");
    for (auto i = s.ip_families.size(); i < s.cluster_ips.size() && s.cluster_ips[i] != "None"; ++i) {
        if (s.cluster_ips[i].find(':') == std::string::npos) s.ip_families.emplace_back("IPv4");
        else
            errors.invalid(at.index(i), shown_value::list(s.cluster_ips),
                           "IPv6 is not configured on this cluster");
    }
}

inline auto check_single_stack(service_spec const& s, field_path const& policy, field_errors& errors)
    -> void {
    constexpr auto start = "must be 'RequireDualStack' or 'PreferDualStack' when multiple ";
    if (!has_policy(s, single_stack)) return;
    if (s.cluster_ips.size() == 2)
        errors.invalid(policy, *s.ip_family_policy, start + std::string("cluster IPs are specified"));
    if (s.ip_families.size() == 2)
        errors.invalid(policy, *s.ip_family_policy, start + std::string("IP families are specified"));
}

inline auto check_available_families(service_spec const& s, field_path const& policy, field_errors& errors)
    -> void {
    if (has_policy(s, require_dual_stack))
        errors.invalid(policy, *s.ip_family_policy, "this cluster is not configured for dual-stack services");
    auto const at = service_path.child("ipFamilies");
    for (std::size_t i = 0; i < s.ip_families.size(); ++i)
        if (s.ip_families[i] != "IPv4")
            errors.invalid(at.index(i), s.ip_families[i], "not configured on this cluster");
}

template <class T> auto drop_if_same(T& now, T const& before, T const& nothing = {}) -> void {
    if (now == before) now = nothing;
}

inline auto has_same_node_ports(service_spec const& a, service_spec const& b) -> bool {
    auto const numbers = [](service_spec const& s) {
        auto out = std::multiset<std::int32_t>();
        for (auto const& p : s.ports)
            if (p.node_port != 0) out.insert(p.node_port);
        return out;
    };
    return numbers(a) == numbers(b);
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto has_node_ports(service_spec const& s) -> bool {
    return s.type == "NodePort" ||
           (s.type == "LoadBalancer" && s.allocate_load_balancer_node_ports.value_or(true));
}

BERTH_DECL auto adopt_addresses(service& now, service const* before) -> void {
    if (before == nullptr) {
        if (!now.spec.cluster_ip.empty() && now.spec.cluster_ips.empty())
            now.spec.cluster_ips = {now.spec.cluster_ip};
        return;
    }
    detail::adopt_cluster_ips(now.spec, before->spec);
    detail::adopt_node_ports(now.spec, before->spec);
    if (detail::needs_health_check(now.spec) && detail::needs_health_check(before->spec) &&
        now.spec.health_check_node_port == 0)
        now.spec.health_check_node_port = before->spec.health_check_node_port;
    detail::follow_cluster_ip(now.spec, before->spec);
}

BERTH_DECL auto settle_families(service& now, service const* before, api::field_errors& errors) -> void {
    auto& s = now.spec;
    if (!detail::has_address(s) || (before != nullptr && detail::is_settled(s, before->spec))) return;
    if (!s.ip_family_policy) s.ip_family_policy = detail::default_policy(s, before);
    detail::validate_cluster_ips(s, errors);
    if (!errors.empty()) return;
    auto const policy = detail::service_path.child("ipFamilyPolicy");
    if (before != nullptr) detail::release_family(s, before->spec, policy, errors);
    detail::check_single_stack(s, policy, errors);
    detail::infer_families(s, errors);
    if (!errors.empty()) return;
    auto const anywhere = detail::leads_anywhere(s);
    if (!anywhere) detail::check_available_families(s, policy, errors);
    if (s.ip_families.empty()) s.ip_families = {"IPv4"};
    if (anywhere && s.ip_families.size() < 2 && !detail::has_policy(s, detail::single_stack))
        s.ip_families.emplace_back(s.ip_families[0] == "IPv4" ? "IPv6" : "IPv4");
}

BERTH_DECL auto drop_idle_members(service& now, service const& before) -> void {
    auto& s = now.spec;
    auto const& old = before.spec;
    if (detail::has_address(old) && !detail::has_address(s)) {
        if (s.cluster_ips == old.cluster_ips) {
            s.cluster_ip.clear();
            s.cluster_ips.clear();
        }
        detail::drop_if_same(s.ip_families, old.ip_families);
        detail::drop_if_same(s.ip_family_policy, old.ip_family_policy);
    }
    if (has_node_ports(old) && !has_node_ports(s) && detail::has_same_node_ports(s, old))
        for (auto& p : s.ports) p.node_port = 0;
    if (detail::needs_health_check(old) && !detail::needs_health_check(s))
        detail::drop_if_same(s.health_check_node_port, old.health_check_node_port);
    if (old.type == "LoadBalancer" && s.type != "LoadBalancer") {
        detail::drop_if_same(s.allocate_load_balancer_node_ports, old.allocate_load_balancer_node_ports);
        detail::drop_if_same(s.load_balancer_class, old.load_balancer_class);
    }
    if (is_externally_accessible(before) && !is_externally_accessible(now))
        detail::drop_if_same(s.external_traffic_policy, old.external_traffic_policy);
    if (s.type != "LoadBalancer") now.status.load_balancer = {};
}

} // namespace berth::kube
