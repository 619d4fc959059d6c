#pragma once

/// \file
/// The bodies of `berth/kube/schedule/plugins/node_resources_balanced_allocation.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/schedule/plugins/node_resources_balanced_allocation.hpp>
#include <berth/kube/schedule/plugins/normalize.hpp>

#include <algorithm>
#include <cmath>

namespace berth::kube::plugins::detail {

inline auto is_extended(std::string_view resource) -> bool {
    return resource != "cpu" && resource != "memory" && resource != "ephemeral-storage";
}

/// The standard deviation of some shares.
inline auto deviation(std::vector<double> const& shares) -> double {
    if (shares.size() < 2) return 0;
    if (shares.size() == 2) return std::abs((shares[0] - shares[1]) / 2);
    auto const count = static_cast<double>(shares.size());
    auto total = 0.0;
    for (auto const s : shares) total += s;
    auto const mean = total / count;
    auto sum = 0.0;
    for (auto const s : shares) sum += (s - mean) * (s - mean);
    return std::sqrt(sum / count);
}

inline auto share_of(std::int64_t taken, std::int64_t all) -> double {
    return std::min(1.0, static_cast<double>(taken) / static_cast<double>(all));
}

/// 100 where all shares are equal, less as they deviate; rounded down.
inline auto evenness(std::vector<double> const& shares) -> std::int64_t {
    return static_cast<std::int64_t>((1 - deviation(shares)) * static_cast<double>(most_points));
}

} // namespace berth::kube::plugins::detail

namespace berth::kube::plugins {

BERTH_DECL auto balance::prepare(pod_info const& p) const -> std::optional<asks> {
    for (auto const& r : resources)
        if (p.request.of(r.name) != 0) return asks{};
    return {};
}

BERTH_DECL auto balance::operator()(pod_info const& p, node_info const& n, asks const&) const
    -> schedule::points {
    auto before = std::vector<double>();
    auto after = std::vector<double>();
    for (auto const& r : resources) {
        auto const all = n.allocatable.of(r.name);
        auto const wanted = p.request.of(r.name);
        if (all == 0 || (wanted == 0 && detail::is_extended(r.name))) continue;
        auto const taken = n.requested.of(r.name);
        before.push_back(detail::share_of(taken, all));
        after.push_back(detail::share_of(taken + wanted, all));
    }
    auto const better = detail::evenness(after) - detail::evenness(before);
    return static_cast<schedule::points>((most_points + most_points / 2 + better) / 2);
}

} // namespace berth::kube::plugins
