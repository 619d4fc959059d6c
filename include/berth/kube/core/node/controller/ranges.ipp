#pragma once

/// \file
/// The bodies of `berth/kube/core/node/controller/ranges.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/node/controller/ranges.hpp>
#include <berth/kube/meta/ip_range.hpp>

#include <algorithm>
#include <bit>

namespace berth::kube {

BERTH_DECL auto node_ranges::of(std::string_view cluster, std::optional<int> prefix) -> result<node_ranges> {
    auto const parsed = detail::parse_cidr(cluster);
    auto const text = std::string(cluster);
    if (!parsed)
        return fail(error_code::invalid,
                    "\"" + text + "\" is not a range of addresses such as 10.244.0.0/16 or fd00:10::/48");
    auto const v4 = parsed->address.v4;
    auto const bits = prefix.value_or(v4 ? 24 : 64);
    auto const longest = v4 ? 24 : 16;
    if (bits < parsed->bits || bits > (v4 ? 32 : 128))
        return fail(error_code::invalid, "a node's range with a prefix of " + std::to_string(bits) +
                                             " bits does not fit into the cluster's, " + text);
    if (bits - parsed->bits > longest)
        return fail(error_code::invalid, "a node's range may have a prefix of at most " +
                                             std::to_string(parsed->bits + longest) + " bits in " + text +
                                             ", not " + std::to_string(bits));
    auto out = node_ranges();
    out.cluster_ = detail::network_of(*parsed);
    out.prefix_ = bits;
    out.words_.assign((out.size() + 63) / 64, 0);
    if (out.size() < 64) out.words_[0] = ~std::uint64_t{0} << out.size();
    return out;
}

BERTH_DECL auto node_ranges::occupy(std::string_view range) -> bool {
    auto const r = detail::parse_cidr(range);
    if (!r || r->address.v4 != is_v4()) return false;
    auto const inside = detail::is_inside(r->address, cluster_);
    if (!inside && !detail::is_inside(cluster_.address, *r)) return false;
    auto first = std::size_t{0};
    auto count = size();
    if (inside && r->bits > cluster_.bits) {
        auto const known = std::min(r->bits, prefix_) - cluster_.bits;
        for (auto n = 0; n < known; ++n)
            first = first * 2 + (detail::bit_at(r->address, cluster_.bits + n) ? 1 : 0);
        count = std::size_t{1} << (prefix_ - cluster_.bits - known);
        first *= count;
    }
    for (auto n = first; n < first + count; ++n) occupy(n);
    return true;
}

BERTH_DECL auto node_ranges::occupy(std::size_t n) -> void {
    auto const mask = std::uint64_t{1} << (n % 64);
    if ((words_[n / 64] & mask) != 0) return;
    words_[n / 64] |= mask;
    ++taken_;
}

BERTH_DECL auto node_ranges::take() -> std::optional<std::string> {
    if (free() == 0) return std::nullopt;
    auto word = next_ / 64;
    auto open = ~words_[word] & (~std::uint64_t{0} << (next_ % 64));
    while (open == 0) {
        word = (word + 1) % words_.size();
        open = ~words_[word];
    }
    auto const n = word * 64 + static_cast<std::size_t>(std::countr_zero(open));
    occupy(n);
    start_at(n + 1);
    return text_of(n);
}

BERTH_DECL auto node_ranges::text_of(std::size_t n) const -> std::string {
    auto address = cluster_.address;
    for (auto bit = 0; bit < prefix_ - cluster_.bits; ++bit)
        detail::set_bit(address, prefix_ - 1 - bit, ((n >> bit) & 1) != 0);
    return detail::text_of(address) + "/" + std::to_string(prefix_);
}

} // namespace berth::kube
