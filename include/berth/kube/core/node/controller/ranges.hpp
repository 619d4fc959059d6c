#pragma once

/// \file
/// The ranges of addresses that nodes get from a range of the cluster's (kubernetes 1.36,
/// `pkg/controller/nodeipam/ipam/cidrset`).

#include <berth/core/config.hpp>
#include <berth/core/error.hpp>
#include <berth/kube/meta/validation/addresses.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace berth::kube {

/// A range of addresses of a cluster, cut into ranges of nodes of which each is free or not. A value: one bit
/// for each range.
class node_ranges {
public:
    /// Of a cluster's range such as `10.244.0.0/16`, each node's as long as `prefix` says; by default 24 bits
    /// for IPv4 and 64 for IPv6. Errors: `invalid`, for a text that is no range, a prefix that is shorter
    /// than the cluster's or too long for the family, and more ranges than 2^24, or 2^16 of IPv6.
    static auto of(std::string_view cluster, std::optional<int> prefix = {}) -> result<node_ranges>;

    [[nodiscard]] auto is_v4() const -> bool { return cluster_.address.v4; }
    /// How many nodes can have a range.
    [[nodiscard]] auto size() const -> std::size_t { return std::size_t{1} << (prefix_ - cluster_.bits); }
    [[nodiscard]] auto free() const -> std::size_t { return size() - taken_; }

    /// Nothing is free any more that lies in this range, or in which it lies. False if it has nothing to do
    /// with the cluster's range, or is none. Constant time for a range of a node's size.
    auto occupy(std::string_view range) -> bool;

    /// The next free range after the last that was taken, or after `start_at`; the first follows the last.
    /// Nothing when none is free. Looks at 64 ranges at a time.
    auto take() -> std::optional<std::string>;
    auto start_at(std::size_t n) -> void { next_ = n % size(); }

private:
    auto occupy(std::size_t n) -> void;
    [[nodiscard]] auto text_of(std::size_t n) const -> std::string;

    detail::ip_range cluster_;
    int prefix_ = 0;
    std::size_t next_ = 0;
    std::size_t taken_ = 0;
    std::vector<std::uint64_t> words_ = std::vector<std::uint64_t>(1); ///< a bit for each that is not free
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/node/controller/ranges.ipp>
#endif
