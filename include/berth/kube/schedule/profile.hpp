#pragma once

/// \file
/// The profile by which pods are placed unless another one is given.

#include <berth/kube/schedule/plugins/default_preemption.hpp>
#include <berth/kube/schedule/plugins/image_locality.hpp>
#include <berth/kube/schedule/plugins/inter_pod_affinity.hpp>
#include <berth/kube/schedule/plugins/node_affinity.hpp>
#include <berth/kube/schedule/plugins/node_name.hpp>
#include <berth/kube/schedule/plugins/node_ports.hpp>
#include <berth/kube/schedule/plugins/node_resources_balanced_allocation.hpp>
#include <berth/kube/schedule/plugins/node_resources_fit.hpp>
#include <berth/kube/schedule/plugins/node_unschedulable.hpp>
#include <berth/kube/schedule/plugins/node_volume_limits.hpp>
#include <berth/kube/schedule/plugins/pod_topology_spread.hpp>
#include <berth/kube/schedule/plugins/priority_sort.hpp>
#include <berth/kube/schedule/plugins/scheduling_gates.hpp>
#include <berth/kube/schedule/plugins/taint_toleration.hpp>
#include <berth/kube/schedule/plugins/volume_binding.hpp>
#include <berth/kube/schedule/plugins/volume_restrictions.hpp>
#include <berth/kube/schedule/plugins/volume_zone.hpp>
#include <berth/schedule/profile.hpp>
#include <berth/schedule/tie.hpp>

#include <type_traits>
#include <utility>

namespace berth::kube {

/// What the plugins of the default profile may be told.
struct plugin_arguments {
    plugins::resources_fit room{};
    plugins::fit_points use{};
    plugins::balance balance{};
    kube::node_affinity const* added_affinity = nullptr; ///< of every pod; must outlive the profile
    plugins::default_spreading spreading{};
    plugins::preferred_company company{};
    plugins::make_room preemption{};
};

/// What kube-scheduler decides by, in its order and with its weights (kubernetes 1.36,
/// `apis/config/v1/default_plugins.go`).
[[nodiscard]] constexpr auto default_profile_with(plugin_arguments const& a) {
    return schedule::profile{
        .name = "default-scheduler",
        .enqueue = plugins::scheduling_gates,
        .order = plugins::priority_sort,
        .filter = plugins::node_affinity_names and plugins::node_unschedulable and plugins::node_name and
                  plugins::taint_toleration and
                  schedule::filter<plugins::required_nodes>({.added = a.added_affinity}) and
                  plugins::node_ports and schedule::filter(a.room) and plugins::volume_restrictions and
                  plugins::node_volume_limits and plugins::volume_binding and plugins::volume_zone and
                  schedule::filter<plugins::required_spread>({.defaults = a.spreading}) and
                  plugins::inter_pod_affinity,
        .preempt = schedule::room_by_node{a.preemption},
        .score = 3 * plugins::taint_toleration_score +
                 2 * schedule::score<plugins::preferred_nodes>({.added = a.added_affinity}) +
                 1 * schedule::score(a.use) +
                 2 * schedule::score<plugins::preferred_spread>({.defaults = a.spreading}) +
                 2 * schedule::score(a.company) + 1 * schedule::score(a.balance) +
                 1 * plugins::image_locality,
    };
}
inline constexpr auto default_profile = default_profile_with({});

/// A profile that says nothing of the order of pods has them go by priority.
template <class Profile> [[nodiscard]] constexpr auto ordered_by_priority(Profile p) {
    if constexpr (std::is_same_v<decltype(Profile::order), schedule::defaults::as_they_came>) {
        auto enqueue = p.enqueue;
        return schedule::detail::with_queue(std::move(p), std::move(enqueue), plugins::priority_sort);
    } else {
        return p;
    }
}

} // namespace berth::kube
