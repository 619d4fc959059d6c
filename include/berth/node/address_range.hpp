#pragma once

/// \file
/// The addresses that a node gives to its pods.

#include <berth/core/config.hpp>
#include <berth/core/error.hpp>
#include <berth/kube/meta/ip_range.hpp>

#include <array>
#include <cstdint>
#include <optional>
#include <set>
#include <string>

namespace berth::node {

/// A range of addresses, of either family, that are taken and given back. The network's own, the first (the
/// gateway's) and, of IPv4, the last (broadcast) are never given out, where a range has more than two
/// addresses; of two or one all are (RFC 3021, RFC 6164). An address comes round again as late as possible.
class address_range {
public:
    using address = kube::detail::ip_address;

    /// Of no addresses.
    address_range() = default;

    /// A range in the form `10.244.3.0/24` or `fd00:10::/64`. Errors: `invalid`, also for one with a prefix
    /// of less than 8 bits.
    static auto parse(std::string const& cidr) -> result<address_range>;

    /// The first and the last address of the network.
    [[nodiscard]] auto first() const -> address const& { return network_.address; }
    [[nodiscard]] auto last() const -> address const& { return end_; }

    /// A free address, `wish` if it is one; nothing when all are taken.
    auto take(std::string const& wish = {}) -> std::optional<std::string>;

    /// The address may be taken again.
    auto give_back(std::string const& text) -> void;

private:
    [[nodiscard]] auto holds(address const& a) const -> bool;

    kube::detail::ip_range network_; ///< with the first of its addresses
    address end_;
    bool empty_ = true;
    address first_given_; ///< of those that are given out
    address last_given_;
    address next_;
    std::set<std::array<std::uint8_t, 16>> taken_;
};

} // namespace berth::node

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/node/address_range.ipp>
#endif
