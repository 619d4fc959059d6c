#pragma once

/// \file
/// The bodies of `berth/kube/networking/network_policy/validation.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/meta/ip_range.hpp>
#include <berth/kube/meta/validation/addresses.hpp>
#include <berth/kube/networking/network_policy/validation.hpp>

namespace berth::kube::detail {

inline auto validate_policy_port(network_policy_port const& p, field_path const& at, field_errors& errors)
    -> void {
    auto const port = at.child("port");
    auto const end = at.child("endPort");
    check_allowed(p, &network_policy_port::protocol, at, errors);
    if (!p.port) {
        if (p.end_port) errors.invalid(end, *p.end_port, "may not be specified when `port` is not specified");
    } else if (p.port->is_number()) {
        auto const first = p.port->number();
        errors.invalid_all(port, first, object::port_number_problems(first));
        if (!p.end_port) return;
        if (*p.end_port < first) errors.invalid(end, first, "must be greater than or equal to `port`");
        errors.invalid_all(end, *p.end_port, object::port_number_problems(*p.end_port));
    } else {
        if (p.end_port) errors.invalid(end, *p.end_port, "may not be specified when `port` is non-numeric");
        errors.invalid_all(port, p.port->text(), object::port_name_problems(p.port->text()));
    }
}

/// Whether a range is a part of another one, and not all of it.
inline auto is_strict_part(ip_range const& part, ip_range const& whole) -> bool {
    return part.bits > whole.bits && is_inside(part.address, whole);
}

inline auto validate_ip_block(ip_block const& b, field_path const& at, field_errors& errors) -> void {
    if (b.cidr.empty()) errors.required(at.child("cidr"));
    else validate_cidr(b.cidr, at.child("cidr"), errors);
    auto const whole = parse_cidr(b.cidr);
    auto const except = at.child("except");
    for (std::size_t i = 0; i < b.except.size(); ++i) {
        auto const one = except.index(i);
        auto const part = parse_cidr(b.except[i]);
        validate_cidr(b.except[i], one, errors);
        if (whole && part && !is_strict_part(*part, *whole))
            errors.invalid(one, b.except[i], "must be a strict subset of `cidr`");
    }
}

inline auto validate_peer(network_policy_peer const& p, field_path const& at, field_errors& errors) -> void {
    auto const selects = p.pod_selector || p.namespace_selector;
    validate_label_selector(p.pod_selector, at.child("podSelector"), errors);
    validate_label_selector(p.namespace_selector, at.child("namespaceSelector"), errors);
    if (p.ip_block) validate_ip_block(*p.ip_block, at.child("ipBlock"), errors);
    if (!selects && !p.ip_block) errors.required(at, "must specify a peer");
    else if (selects && p.ip_block) errors.forbidden(at, "may not specify both ipBlock and another peer");
}

inline auto validate_traffic(object::list<network_policy_port> const& ports,
                             object::list<network_policy_peer> const& peers, std::string_view peers_name,
                             field_path const& at, field_errors& errors) -> void {
    auto const ports_at = at.child("ports");
    auto const peers_at = at.child(peers_name);
    for (std::size_t i = 0; i < ports.size(); ++i) validate_policy_port(ports[i], ports_at.index(i), errors);
    for (std::size_t i = 0; i < peers.size(); ++i) validate_peer(peers[i], peers_at.index(i), errors);
}

inline auto validate_policy_types(std::vector<std::string> const& types, field_path const& at,
                                  field_errors& errors) -> void {
    auto const& f = object::field_of(&network_policy_spec::policy_types);
    if (static_cast<std::int64_t>(types.size()) > f.details->max_size)
        return errors.invalid(at, shown_value::list(types), "may not specify more than two policyTypes");
    for (std::size_t i = 0; i < types.size(); ++i) check_allowed(f, types[i], at.index(i), errors);
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto validate(network_policy const& p, api::field_errors& errors) -> void {
    auto const& s = p.spec;
    auto const at = api::field_path("spec");
    auto const in = at.child("ingress");
    auto const out = at.child("egress");
    detail::validate_label_selector(s.pod_selector, at.child("podSelector"), errors);
    for (std::size_t i = 0; i < s.ingress.size(); ++i)
        detail::validate_traffic(s.ingress[i].ports, s.ingress[i].from, "from", in.index(i), errors);
    for (std::size_t i = 0; i < s.egress.size(); ++i)
        detail::validate_traffic(s.egress[i].ports, s.egress[i].to, "to", out.index(i), errors);
    detail::validate_policy_types(s.policy_types, at.child("policyTypes"), errors);
}

BERTH_DECL auto validate_update(network_policy const& now, network_policy const&, api::field_errors& errors)
    -> void {
    validate(now, errors);
    validate(now, errors);
}

} // namespace berth::kube
