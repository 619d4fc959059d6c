#pragma once

/// \file
/// The bodies of `berth/node/pod_range.hpp`.

#include <berth/core/config.hpp>
#include <berth/core/fnv.hpp>
#include <berth/node/address_range.hpp>
#include <berth/node/pod_range.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <tuple>
#include <vector>

namespace berth::node::detail {

/// How many numbers have a range of their own: what 10.0.0.0 up to 10.244.0.0 holds of the smaller ones.
inline constexpr std::uint32_t own_ranges = 244U << 9U;

inline auto number_of_node(std::string_view name) -> std::uint32_t {
    auto const digits = name.find_last_not_of("0123456789") + 1;
    auto number = std::uint64_t{0};
    if (digits < name.size()) {
        for (auto const c : name.substr(digits))
            number = (number * 10 + static_cast<std::uint64_t>(c - '0')) % own_ranges;
    } else {
        number = fnv1a_64(name) % 256;
    }
    return static_cast<std::uint32_t>(number);
}

inline auto range_of_number(std::uint32_t n) -> std::string {
    auto const text = [](std::uint32_t part) { return std::to_string(part); };
    if (n < 256) return "10.244." + text(n) + ".0/24";
    return "10." + text(n >> 9U) + "." + text((n >> 1U) & 255U) + (n % 2 == 0 ? ".0/25" : ".128/25");
}

/// Ranges that are taken, by their first addresses.
class taken_ranges {
public:
    /// Takes a range unless something of it is taken already; what is no range takes nothing.
    auto take(std::string const& cidr) -> bool {
        auto const range = address_range::parse(cidr);
        if (!range) return false;
        auto const next = all_.lower_bound(range->first().bytes);
        if (next != all_.end() && next->first <= range->last().bytes) return false;
        if (next != all_.begin() && std::prev(next)->second >= range->first().bytes) return false;
        all_.emplace(range->first().bytes, range->last().bytes);
        return true;
    }
    /// Of ranges that others have, whether or not they overlap.
    auto add(std::string const& cidr) -> void {
        auto const range = address_range::parse(cidr);
        if (!range) return;
        auto& last = all_[range->first().bytes];
        last = std::max(last, range->last().bytes);
    }

private:
    using address = std::array<std::uint8_t, 16>;

    std::map<address, address> all_;
};

} // namespace berth::node::detail

namespace berth::node {

BERTH_DECL auto preferred_pod_cidr(std::string_view name) -> std::string {
    return detail::range_of_number(detail::number_of_node(name));
}

BERTH_DECL auto own_pod_cidrs(std::span<object::stored<kube::node> const> nodes)
    -> std::map<std::string, std::string> {
    auto taken = detail::taken_ranges();
    auto without = std::vector<kube::node const*>();
    for (auto const& n : nodes) {
        if (n->spec.pod_cidr.empty()) without.push_back(&*n);
        for (auto const& cidr : n->spec.pod_cidrs) taken.add(cidr);
        taken.add(n->spec.pod_cidr);
    }
    auto const age = [](kube::node const* n) {
        return std::tuple(n->metadata.creation_timestamp.time(), std::string_view(n->metadata.name));
    };
    std::sort(without.begin(), without.end(), [&](auto* a, auto* b) { return age(a) < age(b); });
    auto out = std::map<std::string, std::string>();
    for (auto const* const n : without) {
        auto number = detail::number_of_node(n->metadata.name);
        for (auto tries = 0U; tries < detail::own_ranges; ++tries) {
            auto cidr = detail::range_of_number(number);
            number = (number + 1) % detail::own_ranges;
            if (!taken.take(cidr)) continue;
            out.emplace(n->metadata.name, std::move(cidr));
            break;
        }
    }
    return out;
}

} // namespace berth::node
