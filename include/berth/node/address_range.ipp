#pragma once

/// \file
/// The bodies of `berth/node/address_range.hpp`.

#include <berth/core/config.hpp>
#include <berth/node/address_range.hpp>

namespace berth::node {

BERTH_DECL auto address_range::parse(std::string const& cidr) -> result<address_range> {
    using namespace kube::detail;
    constexpr auto shortest = 8;
    auto const parsed = parse_cidr(cidr);
    if (!parsed || parsed->bits < shortest)
        return fail(error_code::invalid,
                    "\"" + cidr + "\" is not a range of addresses such as 10.244.3.0/24 or fd00:10::/64");
    auto out = address_range();
    out.empty_ = false;
    out.network_ = network_of(*parsed);
    out.end_ = last_of(*parsed);
    auto const few = width_of(parsed->address) - parsed->bits < 2;
    out.first_given_ = few ? out.first() : after(out.first(), 2);
    out.last_given_ = out.end_;
    if (!few && parsed->address.v4) set_bit(out.last_given_, 31, false); // its last bit was 1
    out.next_ = out.first_given_;
    return out;
}

BERTH_DECL auto address_range::holds(address const& a) const -> bool {
    return !empty_ && a.v4 == network_.address.v4 && !is_before(a, first_given_) &&
           !is_before(last_given_, a);
}

BERTH_DECL auto address_range::take(std::string const& wish) -> std::optional<std::string> {
    if (empty_) return std::nullopt;
    if (auto const wanted = kube::detail::parse_ip(wish);
        wanted && holds(*wanted) && taken_.insert(wanted->bytes).second)
        return wish;
    for (auto left = taken_.size() + 1; left > 0; --left) { // one more than are taken: one of them is free
        auto const candidate = next_;
        next_ = next_ == last_given_ ? first_given_ : kube::detail::after(next_);
        if (taken_.insert(candidate.bytes).second) return kube::detail::text_of(candidate);
    }
    return std::nullopt;
}

BERTH_DECL auto address_range::give_back(std::string const& text) -> void {
    if (auto const known = kube::detail::parse_ip(text)) taken_.erase(known->bytes);
}

} // namespace berth::node
