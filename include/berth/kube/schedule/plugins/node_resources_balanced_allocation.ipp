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

/// The shares in use of those resources of a node that count for a pod, one after the other; `with` times
/// what the pod asks for is in use too.
template <class F>
auto for_each_share(std::span<weighed_resource const> resources, pod_info const& p, node_info const& n,
                    std::int64_t with, F f) -> void {
    for (auto const& r : resources) {
        auto const all = n.allocatable.of(r.name);
        auto const wanted = p.request.of(r.name);
        if (all == 0 || (wanted == 0 && is_extended(r.name))) continue;
        auto const taken = n.requested.of(r.name) + with * wanted;
        f(std::min(1.0, static_cast<double>(taken) / static_cast<double>(all)));
    }
}

/// The standard deviation of shares; `each(f)` calls `f` with them.
template <class Each> auto deviation(Each each) -> double {
    auto count = 0.0;
    auto total = 0.0;
    auto difference = 0.0; // of the first two
    each([&](double share) {
        difference = count == 0 ? share : difference - share;
        count += 1;
        total += share;
    });
    if (count < 2) return 0;
    if (count == 2) return std::abs(difference / 2);
    auto const mean = total / count;
    auto sum = 0.0;
    each([&](double share) { sum += (share - mean) * (share - mean); });
    return std::sqrt(sum / count);
}

/// 100 where all shares are equal, less as they deviate; rounded down.
inline auto evenness(std::span<weighed_resource const> resources, pod_info const& p, node_info const& n,
                     std::int64_t with) -> std::int64_t {
    auto const deviates = deviation([&](auto f) { for_each_share(resources, p, n, with, f); });
    return static_cast<std::int64_t>((1 - deviates) * static_cast<double>(most_points));
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
    auto const better = detail::evenness(resources, p, n, 1) - detail::evenness(resources, p, n, 0);
    return static_cast<schedule::points>((most_points + most_points / 2 + better) / 2);
}

} // namespace berth::kube::plugins
