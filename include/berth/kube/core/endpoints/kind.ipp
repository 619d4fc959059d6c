#pragma once

/// \file
/// The bodies of `berth/kube/core/endpoints/kind.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/endpoints/kind.hpp>
#include <berth/object/defaults.hpp>

#include <string>
#include <vector>

namespace berth::kube::detail {

/// More addresses than these are counted only.
inline constexpr std::size_t most_addresses_shown = 3;

inline auto host_and_port(std::string const& ip, std::int32_t port) -> std::string {
    auto const number = std::to_string(port);
    return ip.find(':') == std::string::npos ? ip + ":" + number : "[" + ip + "]:" + number;
}

inline auto shown_endpoints(endpoints const& e) -> std::string {
    auto shown = std::vector<std::string>();
    auto count = std::size_t{0};
    auto const add = [&](endpoint_subset const& s, endpoint_port const* port) {
        count += s.addresses.size();
        for (auto const& a : s.addresses) {
            if (shown.size() == most_addresses_shown) return;
            shown.push_back(port == nullptr ? a.ip : host_and_port(a.ip, port->port));
        }
    };
    for (auto const& s : e.subsets) {
        for (auto const& port : s.ports) add(s, &port);
        if (s.ports.empty()) add(s, nullptr);
    }
    return e.subsets.empty() ? std::string(none_shown)
                             : joined(shown) + and_more(count, most_addresses_shown);
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto endpoints_kind() -> api::kind_of<endpoints> {
    auto k = api::kind_of<endpoints>{};
    k.short_names = {"ep"};
    k.deprecation = "v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice";
    k.metadata.on_update = api::metadata_rules::again::all;
    k.set_defaults = [](endpoints& e) { object::apply_defaults(e); };
    k.validate = &validate;
    k.validate_update = &validate_update;
    k.columns = {name_column<endpoints>(),
                 column<endpoints>(
                     "Endpoints",
                     [](endpoints const& e, time_point) -> api::cell { return detail::shown_endpoints(e); }),
                 age_column<endpoints>()};
    return k;
}

} // namespace berth::kube
