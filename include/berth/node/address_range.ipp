#pragma once

/// \file
/// The bodies of `berth/node/address_range.hpp`.

#include <berth/core/config.hpp>
#include <berth/node/address_range.hpp>

#include <arpa/inet.h>

#include <string_view>

namespace berth::node {

BERTH_DECL auto address_range::parse(std::string const& cidr) -> result<address_range> {
    auto const slash = cidr.find('/');
    auto address = in_addr{};
    auto bits = 0;
    auto const digits =
        slash == std::string::npos ? std::string_view() : std::string_view(cidr).substr(slash + 1);
    for (auto const c : digits) bits = c >= '0' && c <= '9' && bits < 100 ? bits * 10 + (c - '0') : 1000;
    if (digits.empty() || bits < 8 || bits > 30 ||
        ::inet_pton(AF_INET, cidr.substr(0, slash).c_str(), &address) != 1)
        return fail(error_code::invalid, "\"" + cidr + "\" is not an IPv4 range such as 10.244.3.0/24");
    auto out = address_range();
    auto const mask = ~std::uint32_t{0} << (32 - bits);
    out.first_ = (ntohl(address.s_addr) & mask) + 2;
    out.last_ = (ntohl(address.s_addr) | ~mask) - 1;
    out.next_ = out.first_;
    return out;
}

BERTH_DECL auto address_range::take(std::string const& wish) -> std::optional<std::string> {
    if (auto const wanted = number_of(wish);
        wanted && *wanted >= first_ && *wanted <= last_ && taken_.insert(*wanted).second)
        return wish;
    for (auto n = first_; n <= last_; ++n) {
        auto const candidate = next_;
        next_ = next_ == last_ ? first_ : next_ + 1;
        if (taken_.insert(candidate).second) return text_of(candidate);
    }
    return std::nullopt;
}

BERTH_DECL auto address_range::give_back(std::string const& address) -> void {
    if (auto const number = number_of(address)) taken_.erase(*number);
}

BERTH_DECL auto address_range::number_of(std::string const& text) -> std::optional<std::uint32_t> {
    auto address = in_addr{};
    if (::inet_pton(AF_INET, text.c_str(), &address) != 1) return std::nullopt;
    return ntohl(address.s_addr);
}

BERTH_DECL auto address_range::text_of(std::uint32_t number) -> std::string {
    auto const address = in_addr{htonl(number)};
    char buffer[INET_ADDRSTRLEN];
    return ::inet_ntop(AF_INET, &address, buffer, sizeof buffer);
}

} // namespace berth::node
