#pragma once

/// \file
/// The addresses that a node gives to its pods.

#include <berth/core/config.hpp>
#include <berth/core/error.hpp>

#include <cstdint>
#include <optional>
#include <set>
#include <string>

namespace berth::node {

/// An IPv4 range of which addresses are taken and given back. The network's own, the first (the gateway's)
/// and the last (broadcast) are never given out; an address comes round again as late as possible.
class address_range {
public:
    address_range() = default;

    /// A range in the form `10.244.3.0/24`. Errors: `invalid`.
    static auto parse(std::string const& cidr) -> result<address_range>;

    /// The first and the last address of the network, as numbers.
    [[nodiscard]] auto first() const -> std::uint32_t { return first_ - 2; }
    [[nodiscard]] auto last() const -> std::uint32_t { return last_ + 1; }

    /// A free address, `wish` if it is one; nothing when all are taken.
    auto take(std::string const& wish = {}) -> std::optional<std::string>;

    /// The address may be taken again.
    auto give_back(std::string const& address) -> void;

private:
    static auto number_of(std::string const& text) -> std::optional<std::uint32_t>;
    static auto text_of(std::uint32_t number) -> std::string;

    std::uint32_t first_ = 1;
    std::uint32_t last_ = 0;
    std::uint32_t next_ = 1;
    std::set<std::uint32_t> taken_;
};

} // namespace berth::node

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/node/address_range.ipp>
#endif
