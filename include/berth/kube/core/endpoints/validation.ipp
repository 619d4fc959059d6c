#pragma once

/// \file
/// The bodies of `berth/kube/core/endpoints/validation.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/endpoints/validation.hpp>
#include <berth/kube/meta/validation/addresses.hpp>

#include <set>
#include <string_view>

namespace berth::kube::detail {

using known_addresses = std::set<std::string_view>;

inline auto validate_address(endpoint_address const& a, known_addresses const& known, field_path const& at,
                             field_errors& errors) -> void {
    auto const ip = at.child("ip");
    if (!known.contains(a.ip)) validate_ip(a.ip, ip, errors);
    if (!a.hostname.empty())
        validate_name(name_rule::dns1123_label, a.hostname, at.child("hostname"), errors);
    if (a.node_name) validate_name(name_rule::dns1123_subdomain, *a.node_name, at.child("nodeName"), errors);
    validate_non_special_ip(a.ip, ip, errors);
}

/// Of several ports each has a name.
inline auto validate_endpoint_port(endpoint_port const& p, bool alone, field_path const& at,
                                   field_errors& errors) -> void {
    if (!p.name.empty()) validate_name(name_rule::dns1123_label, p.name, at.child("name"), errors);
    else if (!alone) errors.required(at.child("name"));
    check_bounds(p, &endpoint_port::port, at, errors);
    require_allowed(p, &endpoint_port::protocol, at, errors);
    if (p.app_protocol) {
        auto const field = at.child("appProtocol");
        api::detail::validate_label_name(*p.app_protocol, field, errors);
    }
}

inline auto validate_subsets(object::list<endpoint_subset> const& subsets, known_addresses const& known,
                             field_errors& errors) -> void {
    auto const at = field_path("subsets");
    for (std::size_t i = 0; i < subsets.size(); ++i) {
        auto const& s = subsets[i];
        auto const one = at.index(i);
        auto const check = [&](object::list<endpoint_address> const& addresses, std::string_view name) {
            auto const list = one.child(name);
            for (std::size_t k = 0; k < addresses.size(); ++k)
                validate_address(addresses[k], known, list.index(k), errors);
        };
        if (s.addresses.empty() && s.not_ready_addresses.empty())
            errors.required(one, "must specify `addresses` or `notReadyAddresses`");
        check(s.addresses, "addresses");
        check(s.not_ready_addresses, "notReadyAddresses");
        auto const ports = one.child("ports");
        for (std::size_t k = 0; k < s.ports.size(); ++k)
            validate_endpoint_port(s.ports[k], s.ports.size() == 1, ports.index(k), errors);
    }
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto validate(endpoints const& e, api::field_errors& errors) -> void {
    detail::validate_subsets(e.subsets, {}, errors);
}

BERTH_DECL auto validate_update(endpoints const& now, endpoints const& before, api::field_errors& errors)
    -> void {
    auto known = detail::known_addresses();
    for (auto const& s : before.subsets)
        for (auto const* const addresses : {&s.addresses, &s.not_ready_addresses})
            for (auto const& a : *addresses) known.insert(a.ip);
    detail::validate_subsets(now.subsets, known, errors);
}

} // namespace berth::kube
