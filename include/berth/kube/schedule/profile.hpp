#pragma once

/// \file
/// The profile by which pods are placed unless another one is given.

#include <berth/kube/schedule/filters.hpp>
#include <berth/kube/schedule/scores.hpp>
#include <berth/schedule/profile.hpp>
#include <berth/schedule/tie.hpp>

namespace berth::kube {

/// Cordons, names, taints, node selectors and required node affinity, host ports and resources decide whether
/// a node will do; the one with most left is best.
inline constexpr auto first_profile = schedule::profile{
    .name = "default-scheduler",
    .filter = plugins::node_unschedulable and plugins::node_name and plugins::taint_toleration and
              plugins::node_affinity and plugins::node_ports and plugins::node_resources_fit,
    .score = 1 * plugins::least_allocated,
};

} // namespace berth::kube
