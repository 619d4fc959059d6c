#pragma once

/// \file
/// Ranges of IP addresses, of both families: what they hold, and the addresses in their order.

#include <berth/core/config.hpp>
#include <berth/kube/meta/validation/addresses.hpp>

#include <string>

namespace berth::kube::detail {

/// How many bits an address of its family has.
inline auto width_of(ip_address const& a) -> int { return a.v4 ? 32 : 128; }

/// Bit `n` of an address, counted from its first.
inline auto bit_at(ip_address const& a, int n) -> bool {
    auto const at = n + 128 - width_of(a);
    return ((a.bytes[static_cast<std::size_t>(at / 8)] >> (7 - at % 8)) & 1) != 0;
}
BERTH_DECL auto set_bit(ip_address& a, int n, bool value) -> void;

/// The range with the first of its addresses, whichever it was told by.
BERTH_DECL auto network_of(ip_range r) -> ip_range;
/// The last address of a range.
BERTH_DECL auto last_of(ip_range const& r) -> ip_address;
BERTH_DECL auto is_inside(ip_address const& a, ip_range const& r) -> bool;

/// The address that comes so many after this one, in the order of their numbers.
BERTH_DECL auto after(ip_address a, unsigned steps = 1) -> ip_address;
inline auto is_before(ip_address const& a, ip_address const& b) -> bool { return a.bytes < b.bytes; }

/// As it is written: shortest, and lower case.
BERTH_DECL auto text_of(ip_address const& a) -> std::string;

} // namespace berth::kube::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/meta/ip_range.ipp>
#endif
