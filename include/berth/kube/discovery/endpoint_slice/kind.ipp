#pragma once

/// \file
/// The bodies of `berth/kube/discovery/endpoint_slice/kind.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/discovery/endpoint_slice/kind.hpp>
#include <berth/object/defaults.hpp>

namespace berth::kube::detail {

inline constexpr std::size_t most_shown_endpoints = 3;

/// The first three, and how many more there are.
inline auto shown_some(std::vector<std::string> const& some, std::size_t count) -> std::string {
    auto const out = joined(some) + and_more(count, most_shown_endpoints);
    return out.empty() ? "<unset>" : out;
}

inline auto shown_endpoint_ports(endpoint_slice const& s) -> std::string {
    auto out = std::vector<std::string>();
    for (auto const& p : s.ports) {
        if (out.size() == most_shown_endpoints) break;
        out.push_back(p.port ? std::to_string(*p.port) : p.name ? *p.name : std::string("*"));
    }
    return shown_some(out, s.ports.size());
}

inline auto shown_endpoints(endpoint_slice const& s) -> std::string {
    auto out = std::vector<std::string>();
    auto count = std::size_t{0};
    for (auto const& e : s.endpoints) {
        count += e.addresses.size();
        for (auto const& a : e.addresses)
            if (out.size() < most_shown_endpoints) out.push_back(a);
    }
    return shown_some(out, count);
}

/// A change of anything but the metadata, or of the labels, is a new generation.
inline auto count_slice_generation(endpoint_slice& now, endpoint_slice const& before) -> void {
    auto const same = now.address_type == before.address_type && now.endpoints == before.endpoints &&
                      now.ports == before.ports && now.metadata.labels == before.metadata.labels;
    if (!same) ++now.metadata.generation;
}

inline auto warnings_of_slice(endpoint_slice const& s, endpoint_slice const*) -> std::vector<std::string> {
    if (s.address_type != "FQDN") return {};
    return {"addressType: FQDN endpoints are deprecated"};
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto endpoint_slice_kind() -> api::kind_of<endpoint_slice> {
    auto k = api::kind_of<endpoint_slice>{};
    k.generation = api::generation_rule::first;
    k.set_defaults = [](endpoint_slice& s) {
        for (auto& p : s.ports) object::apply_defaults(p);
    };
    k.prepare_update = &detail::count_slice_generation;
    k.validate = &validate;
    k.validate_update = &validate_update;
    k.warnings = &detail::warnings_of_slice;
    k.columns = {
        name_column<endpoint_slice>(),
        column<endpoint_slice>(
            "AddressType", [](endpoint_slice const& s, time_point) -> api::cell { return s.address_type; }),
        column<endpoint_slice>(
            "Ports",
            [](endpoint_slice const& s, time_point) -> api::cell { return detail::shown_endpoint_ports(s); }),
        column<endpoint_slice>(
            "Endpoints",
            [](endpoint_slice const& s, time_point) -> api::cell { return detail::shown_endpoints(s); }),
        age_column<endpoint_slice>()};
    return k;
}

} // namespace berth::kube
