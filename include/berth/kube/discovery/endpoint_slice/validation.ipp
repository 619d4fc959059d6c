#pragma once

/// \file
/// The bodies of `berth/kube/discovery/endpoint_slice/validation.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/discovery/endpoint_slice/validation.hpp>
#include <berth/kube/meta/validation/addresses.hpp>

#include <algorithm>
#include <set>

namespace berth::kube::detail {

/// A name of at least two labels, perhaps with a point at its end.
inline auto validate_full_domain_name(std::string_view name, field_path const& at, field_errors& errors)
    -> void {
    if (name.empty()) return errors.required(at);
    if (name.ends_with('.')) name.remove_suffix(1);
    if (!object::is_dns1123_subdomain(name))
        return errors.invalid_all(at, name, object::dns1123_subdomain_problems(name));
    if (name.find('.') == std::string_view::npos)
        return errors.invalid(at, name, "should be a domain with at least two segments separated by dots");
    for (auto rest = name; !rest.empty();) {
        auto const label = rest.substr(0, rest.find('.'));
        rest.remove_prefix(std::min(rest.size(), label.size() + 1));
        if (label.size() > 63) errors.invalid_all(at, label, object::dns1123_label_problems(label));
    }
}

inline auto validate_endpoint_address(std::string_view address, std::string_view type, field_path const& at,
                                      field_errors& errors) -> void {
    if (type == "FQDN") return validate_full_domain_name(address, at, errors);
    if (type != "IPv4" && type != "IPv6") return;
    if (!validate_ip(address, at, errors)) return;
    if (parse_ip(address)->v4 != (type == "IPv4"))
        errors.invalid(at, address, "must be an " + std::string(type) + " address");
    validate_non_special_ip(address, at, errors);
}

inline auto validate_addresses(endpoint const& e, std::string_view type, field_path const& at,
                               field_errors& errors) -> void {
    auto const addresses = at.child("addresses");
    if (e.addresses.empty()) errors.required(addresses, "must contain at least 1 address");
    else check_most(object::field_of(&endpoint::addresses), e.addresses.size(), addresses, errors);
    for (std::size_t i = 0; i < e.addresses.size(); ++i)
        validate_endpoint_address(e.addresses[i], type, addresses.index(i), errors);
}

/// Zones or nodes, each named once.
template <class Hints, class Check>
auto validate_hint_names(Hints const& hints, object::field_info const& f, field_path const& at,
                         field_errors& errors, Check check) -> void {
    if (static_cast<std::int64_t>(hints.size()) > f.details->max_size)
        return check_most(f, hints.size(), at, errors);
    auto seen = std::set<std::string_view>();
    for (std::size_t i = 0; i < hints.size(); ++i) {
        auto const one = at.index(i);
        auto const name = one.child("name");
        if (!seen.insert(hints[i].name).second) errors.duplicate(name, hints[i].name);
        else check(hints[i].name, name);
    }
}

inline auto validate_hints(endpoint_hints const& h, field_path const& at, field_errors& errors) -> void {
    validate_hint_names(h.for_zones, object::field_of(&endpoint_hints::for_zones), at.child("forZones"),
                        errors, [&](std::string const& zone, field_path const& name) {
                            errors.invalid_all(name, zone, object::label_value_problems(zone));
                        });
    validate_hint_names(h.for_nodes, object::field_of(&endpoint_hints::for_nodes), at.child("forNodes"),
                        errors, [&](std::string const& node, field_path const& name) {
                            validate_name(name_rule::dns1123_subdomain, node, name, errors);
                        });
}

inline auto validate_endpoint(endpoint const& e, std::string_view type, field_path const& at,
                              field_errors& errors) -> void {
    auto const topology = at.child("deprecatedTopology");
    validate_addresses(e, type, at, errors);
    if (e.node_name) validate_name(name_rule::dns1123_subdomain, *e.node_name, at.child("nodeName"), errors);
    check_most(object::field_of(&endpoint::deprecated_topology), e.deprecated_topology.size(), topology,
               errors);
    validate_labels(e.deprecated_topology, topology, errors);
    if (e.hostname) validate_name(name_rule::dns1123_label, *e.hostname, at.child("hostname"), errors);
    if (e.hints) validate_hints(*e.hints, at.child("hints"), errors);
}

inline auto validate_endpoints(endpoint_slice const& s, field_path const& at, field_errors& errors) -> void {
    auto const& f = object::field_of(&endpoint_slice::endpoints);
    if (static_cast<std::int64_t>(s.endpoints.size()) > f.details->max_size)
        return check_most(f, s.endpoints.size(), at, errors);
    for (std::size_t i = 0; i < s.endpoints.size(); ++i)
        validate_endpoint(s.endpoints[i], s.address_type, at.index(i), errors);
}

inline auto validate_endpoint_ports(object::list<slice_port> const& ports, field_path const& at,
                                    field_errors& errors) -> void {
    auto const& f = object::field_of(&endpoint_slice::ports);
    if (static_cast<std::int64_t>(ports.size()) > f.details->max_size)
        return check_most(f, ports.size(), at, errors);
    auto seen = std::set<std::string_view>();
    for (std::size_t i = 0; i < ports.size(); ++i) {
        auto const& p = ports[i];
        auto const one = at.index(i);
        auto const name = p.name ? std::string_view(*p.name) : std::string_view();
        if (!name.empty()) validate_name(name_rule::dns1123_label, name, one.child("name"), errors);
        if (!seen.insert(name).second) errors.duplicate(one.child("name"), name);
        if (!p.protocol) errors.required(one.child("protocol"));
        else check_allowed(p, &slice_port::protocol, one, errors);
        if (p.port) errors.invalid_all(one.child("port"), *p.port, object::port_number_problems(*p.port));
        if (p.app_protocol) validate_label_name(*p.app_protocol, one.child("appProtocol"), errors);
    }
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto validate(endpoint_slice const& s, api::field_errors& errors) -> void {
    require_allowed(s, &endpoint_slice::address_type, api::field_path(""), errors);
    detail::validate_endpoint_ports(s.ports, api::field_path("ports"), errors);
    detail::validate_endpoints(s, api::field_path("endpoints"), errors);
}

BERTH_DECL auto validate_update(endpoint_slice const& now, endpoint_slice const& before,
                                api::field_errors& errors) -> void {
    validate(now, errors);
    if (now.address_type != before.address_type)
        errors.invalid(api::field_path("addressType"), now.address_type, detail::immutable);
}

} // namespace berth::kube
