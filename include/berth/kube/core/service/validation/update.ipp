#pragma once

/// \file
/// The bodies of `berth/kube/core/service/validation/update.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/service/validation/update.hpp>

namespace berth::kube::detail {

inline constexpr auto set_once = "may not change once set";

/// An address may be added or given back, but not exchanged.
inline auto validate_kept_addresses(service_spec const& now, service_spec const& before, field_errors& errors)
    -> void {
    if (is_headless(now) && is_headless(before)) return;
    auto const at = service_path.child("clusterIPs");
    auto const& a = before.cluster_ips;
    auto const& b = now.cluster_ips;
    auto const all = shown_value::list(b);
    if (a.size() == b.size()) {
        for (std::size_t i = 0; i < a.size(); ++i)
            if (a[i] != b[i]) errors.invalid(at.index(i), all, set_once);
        return;
    }
    if (a.size() > b.size() && b.empty())
        errors.invalid(at.index(0), all, "primary clusterIP can not be unset");
    if (!a.empty() && !b.empty() && a[0] != b[0]) errors.invalid(at.index(0), all, set_once);
    auto const single = now.ip_family_policy && *now.ip_family_policy == "SingleStack";
    if (a.size() > b.size() && b.size() == 1 && !single)
        errors.invalid(service_path.child("ipFamilyPolicy"),
                       now.ip_family_policy ? shown_value(*now.ip_family_policy) : shown_value::null(),
                       "must be set to 'SingleStack' when releasing the secondary clusterIP");
}

inline auto validate_kept_families(service_spec const& now, service_spec const& before, field_errors& errors)
    -> void {
    if (is_headless(now) || is_headless(before)) return;
    auto const at = service_path.child("ipFamilies");
    auto const& a = before.ip_families;
    auto const& b = now.ip_families;
    if (a.size() == b.size()) {
        for (std::size_t i = 0; i < a.size(); ++i)
            if (a[i] != b[i]) errors.invalid(at.index(0), shown_value::list(b), set_once);
        return;
    }
    if (a.size() > b.size() && now.cluster_ips.empty())
        errors.invalid(at.index(0), shown_value::list(b), "primary ipFamily can not be unset");
    if (!a.empty() && !b.empty() && a[0] != b[0])
        errors.invalid(at.index(0), shown_value::list(now.cluster_ips), set_once);
    auto const single = now.ip_family_policy && *now.ip_family_policy == "SingleStack";
    if (a.size() > b.size() && b.size() == 1 && !single)
        errors.invalid(service_path.child("ipFamilyPolicy"),
                       now.ip_family_policy ? shown_value(*now.ip_family_policy) : shown_value::null(),
                       "must be set to 'SingleStack' when releasing the secondary ipFamily");
}

inline auto validate_ingress(load_balancer_ingress const& i, field_path const& at, field_errors& errors)
    -> void {
    auto const mode = at.child("ipMode");
    if (!i.ip.empty()) validate_ip(i.ip, at.child("ip"), errors);
    if (!i.ip_mode) {
        if (!i.ip.empty()) errors.required(mode, "must be specified when `ip` is set");
    } else if (i.ip.empty()) {
        errors.forbidden(mode, "may not be specified when `ip` is not set");
    } else {
        check_allowed(i, &load_balancer_ingress::ip_mode, at, errors);
    }
    if (i.hostname.empty()) return;
    validate_name(name_rule::dns1123_subdomain, i.hostname, at.child("hostname"), errors);
    if (parse_ip(i.hostname))
        errors.invalid(at.child("hostname"), i.hostname, "must be a DNS name, not an IP address");
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto validate_update(service const& now, service const& before, api::field_errors& errors)
    -> void {
    auto const external = now.spec.type == "ExternalName" || before.spec.type == "ExternalName";
    if (!external) detail::validate_kept_addresses(now.spec, before.spec, errors);
    if (!external) detail::validate_kept_families(now.spec, before.spec, errors);
    auto const balanced = now.spec.type == "LoadBalancer" && before.spec.type == "LoadBalancer";
    if (balanced && now.spec.load_balancer_class != before.spec.load_balancer_class)
        errors.invalid(detail::service_path.child("loadBalancerClass"),
                       now.spec.load_balancer_class ? api::shown_value(*now.spec.load_balancer_class)
                                                    : api::shown_value::null(),
                       detail::set_once);
    detail::validate_load_balancer_class(now.spec, errors);
    if (detail::needs_health_check(now.spec) && detail::needs_health_check(before.spec) &&
        now.spec.health_check_node_port != before.spec.health_check_node_port)
        errors.forbidden(detail::service_path.child("healthCheckNodePort"), detail::immutable);
    validate(now, errors);
}

BERTH_DECL auto validate_status(service const& now, service const& /*before*/, api::field_errors& errors)
    -> void {
    auto const status = api::field_path("status");
    auto const balancer = status.child("loadBalancer");
    auto const at = balancer.child("ingress");
    auto const& list = now.status.load_balancer.ingress;
    if (now.spec.type != "LoadBalancer" && !list.empty())
        return errors.forbidden(at, "may only be used when `spec.type` is 'LoadBalancer'");
    for (std::size_t i = 0; i < list.size(); ++i) detail::validate_ingress(list[i], at.index(i), errors);
}

} // namespace berth::kube
