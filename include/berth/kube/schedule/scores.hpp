#pragma once

/// \file
/// The scores of the first profile (kubernetes 1.36, `noderesources/least_allocated.go`).

#include <berth/kube/schedule/infos.hpp>
#include <berth/schedule/score.hpp>

namespace berth::kube::plugins {

/// The greatest score that a plugin gives.
inline constexpr std::int64_t most_points = 100;

namespace detail {

/// The share of a resource that would be left, 0 to 100, rounded down; 0 if it does not suffice.
inline auto share_left(std::int64_t all, std::int64_t taken) -> std::int64_t {
    return all == 0 || taken > all ? 0 : (all - taken) * most_points / all;
}

} // namespace detail

/// Prefers nodes of which much is left: the mean of the shares of processors and memory that would be left,
/// each rounded down.
inline constexpr auto least_allocated =
    schedule::score<"NodeResourcesFit", schedule::reads<&node_info::allocatable, &node_info::load>>(
        [](pod_info const& p, node_info const& n) -> schedule::points {
            auto sum = std::int64_t{0};
            auto count = std::int64_t{0};
            auto const add = [&](std::int64_t all, std::int64_t taken) {
                if (all == 0) return;
                sum += detail::share_left(all, taken);
                ++count;
            };
            add(n.allocatable.cpu, n.load.cpu + p.load.cpu);
            add(n.allocatable.memory, n.load.memory + p.load.memory);
            return count == 0 ? 0 : static_cast<schedule::points>(sum / count);
        });

} // namespace berth::kube::plugins
