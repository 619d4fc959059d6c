#pragma once

/// \file
/// The bodies of `berth/kube/meta/ip_range.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/meta/ip_range.hpp>

#include <arpa/inet.h>

namespace berth::kube::detail {

BERTH_DECL auto set_bit(ip_address& a, int n, bool value) -> void {
    auto const at = n + 128 - width_of(a);
    auto& byte = a.bytes[static_cast<std::size_t>(at / 8)];
    auto const mask = static_cast<std::uint8_t>(0x80 >> (at % 8));
    byte = static_cast<std::uint8_t>(value ? byte | mask : byte & ~mask);
}

BERTH_DECL auto network_of(ip_range r) -> ip_range {
    for (auto n = r.bits; n < width_of(r.address); ++n) set_bit(r.address, n, false);
    return r;
}

BERTH_DECL auto last_of(ip_range const& r) -> ip_address {
    auto out = r.address;
    for (auto n = r.bits; n < width_of(out); ++n) set_bit(out, n, true);
    return out;
}

BERTH_DECL auto is_inside(ip_address const& a, ip_range const& r) -> bool {
    if (a.v4 != r.address.v4) return false;
    for (auto n = 0; n < r.bits; ++n)
        if (bit_at(a, n) != bit_at(r.address, n)) return false;
    return true;
}

BERTH_DECL auto after(ip_address a, unsigned steps) -> ip_address {
    for (auto at = a.bytes.rbegin(); at != a.bytes.rend() && steps != 0; ++at) {
        steps += *at;
        *at = static_cast<std::uint8_t>(steps & 0xff);
        steps >>= 8;
    }
    return a;
}

BERTH_DECL auto text_of(ip_address const& a) -> std::string {
    char text[INET6_ADDRSTRLEN] = {};
    ::inet_ntop(a.v4 ? AF_INET : AF_INET6, a.bytes.data() + (a.v4 ? 12 : 0), text, sizeof text);
    return text;
}

} // namespace berth::kube::detail
