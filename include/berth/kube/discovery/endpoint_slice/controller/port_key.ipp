#pragma once

/// \file
/// The bodies of `berth/kube/discovery/endpoint_slice/controller/port_key.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/discovery/endpoint_slice/controller/port_key.hpp>

#include <algorithm>
#include <utility>
#include <vector>

namespace berth::kube::detail {

/// The prime is 2^88 + 0x13b: the product is a shift and a multiplication by a small number.
BERTH_DECL auto fnv_128a(std::string_view text) -> wide_hash {
    constexpr auto small = std::uint64_t{0x13b};
    auto h = wide_hash{0x6c62272e07bb0142U, 0x62b821756295c58dU};
    for (auto const c : text) {
        h.low ^= static_cast<unsigned char>(c);
        auto const below = (h.low & 0xffffffffU) * small;
        auto const above = (h.low >> 32U) * small + (below >> 32U);
        h.high = h.high * small + (above >> 32U) + (h.low << 24U);
        h.low = (above << 32U) | (below & 0xffffffffU);
    }
    return h;
}

BERTH_DECL auto go_dump(slice_port const& p) -> std::string {
    auto const text = [](object::boxed<std::string> const& s) { return s ? *s : std::string("<nil>"); };
    return "(v1.EndpointPort){Name:(*string)" + text(p.name) + " Protocol:(*v1.Protocol)" + text(p.protocol) +
           " Port:(*int32)" + (p.port ? std::to_string(*p.port) : "<nil>") + " AppProtocol:(*string)" +
           text(p.app_protocol) + "}";
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto sort_ports(object::list<slice_port>& ports) -> void {
    auto keyed = std::vector<std::pair<detail::wide_hash, slice_port>>();
    for (auto& p : ports) {
        auto const hash = detail::fnv_128a(detail::go_dump(p));
        keyed.emplace_back(hash, std::move(p));
    }
    std::stable_sort(keyed.begin(), keyed.end(),
                     [](auto const& a, auto const& b) { return a.first < b.first; });
    auto at = keyed.begin();
    for (auto& p : ports) p = std::move((at++)->second);
}

BERTH_DECL auto port_key(object::list<slice_port> ports) -> std::string {
    sort_ports(ports);
    auto out = std::string();
    for (auto const& p : ports) out += detail::go_dump(p);
    return out;
}

} // namespace berth::kube
