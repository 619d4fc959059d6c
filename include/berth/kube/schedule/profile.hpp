#pragma once

/// \file
/// The profile by which pods are placed unless another one is given.

#include <berth/kube/schedule/filters.hpp>
#include <berth/kube/schedule/scores.hpp>
#include <berth/schedule/profile.hpp>
#include <berth/schedule/tie.hpp>

#include <type_traits>
#include <utility>

namespace berth::kube {

/// Greater priority first (kubernetes 1.36, `queuesort/priority_sort.go`).
inline constexpr auto priority_sort = [](pod_info const& a, pod_info const& b) {
    return a.spec().priority.value_or(0) > b.spec().priority.value_or(0);
};

/// Cordons, names, taints, node selectors and required node affinity, host ports and resources decide whether
/// a node will do; the one with most left is best.
inline constexpr auto first_profile = schedule::profile{
    .name = "default-scheduler",
    .order = priority_sort,
    .filter = plugins::node_unschedulable and plugins::node_name and plugins::taint_toleration and
              plugins::node_affinity and plugins::node_ports and plugins::node_resources_fit,
    .score = 1 * plugins::least_allocated,
};

/// A profile that says nothing of the order of pods has them go by priority.
template <class Profile> [[nodiscard]] constexpr auto ordered_by_priority(Profile p) {
    if constexpr (std::is_same_v<decltype(Profile::order), schedule::defaults::as_they_came>) {
        return schedule::profile{.name = p.name,
                                 .enqueue = std::move(p.enqueue),
                                 .order = priority_sort,
                                 .prepare = std::move(p.prepare),
                                 .filter = std::move(p.filter),
                                 .preempt = std::move(p.preempt),
                                 .score = std::move(p.score),
                                 .tie = std::move(p.tie),
                                 .reserve = std::move(p.reserve),
                                 .release = std::move(p.release),
                                 .permit = std::move(p.permit),
                                 .pre_bind = std::move(p.pre_bind),
                                 .bind = std::move(p.bind),
                                 .post_bind = std::move(p.post_bind)};
    } else {
        return p;
    }
}

} // namespace berth::kube
