#pragma once

/// \file
/// The default profile with its plugins, weights and arguments chosen at run time.

#include <berth/core/config.hpp>
#include <berth/kube/schedule/plugins/of_libraries.hpp>
#include <berth/kube/schedule/profile.hpp>
#include <berth/kube/schedule/profile_settings.hpp>
#include <berth/schedule/policies.hpp>
#include <berth/schedule/switched.hpp>

#include <memory>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace berth::kube {

/// Settings in the form in which plugins look at them. They refer to each other, hence stay where they are.
class plugin_memory {
public:
    explicit plugin_memory(profile_settings settings);
    plugin_memory(plugin_memory const&) = delete;
    auto operator=(plugin_memory const&) -> plugin_memory& = delete;

    [[nodiscard]] auto settings() const -> profile_settings const& { return settings_; }
    [[nodiscard]] auto arguments() const -> plugin_arguments const& { return arguments_; }
    [[nodiscard]] auto from_libraries() const -> std::span<plugins::library_plugin const>;

private:
    profile_settings settings_;
    std::vector<plugins::weighed_resource> resources_;
    std::vector<plugins::weighed_resource> balanced_;
    std::vector<std::string_view> ignored_;
    std::vector<std::string_view> ignored_groups_;
    plugin_arguments arguments_;
};

/// SchedulingGates, if it is on; and the owner of what the other plugins of its profile look at.
struct configured_gates {
    std::shared_ptr<plugin_memory const> memory;

    auto operator()(pod_info const& p) const -> schedule::verdict {
        return memory->settings().gates ? plugins::scheduling_gates(p) : schedule::verdict{};
    }
};

namespace detail {

[[nodiscard]] inline auto configured_profile_of(std::shared_ptr<plugin_memory const> memory) {
    auto const& s = memory->settings();
    auto const& a = memory->arguments();
    auto const on = [&](auto leaf) { return schedule::switched(leaf, s.filters_by(decltype(leaf)::name)); };
    auto const weight = [&](std::string_view plugin) { return static_cast<double>(s.weight_of(plugin)); };
    return schedule::profile{
        .name = s.name,
        .enqueue = configured_gates{memory},
        .order = plugins::priority_sort,
        .filter =
            on(plugins::node_affinity_names) and on(plugins::node_unschedulable) and
            on(plugins::node_name) and on(plugins::taint_toleration) and
            on(schedule::filter<plugins::required_nodes>({.added = a.added_affinity})) and
            on(plugins::node_ports) and on(schedule::filter(a.room)) and on(plugins::volume_restrictions) and
            on(plugins::node_volume_limits) and on(plugins::volume_binding) and on(plugins::volume_zone) and
            on(schedule::filter<plugins::required_spread>({.defaults = a.spreading})) and
            on(plugins::inter_pod_affinity) and plugins::library_filter_leaf{{}, {memory->from_libraries()}},
        .preempt = schedule::room_by_node{a.preemption},
        .score =
            weight("TaintToleration") * plugins::taint_toleration_score +
            weight("NodeAffinity") * schedule::score<plugins::preferred_nodes>({.added = a.added_affinity}) +
            weight("NodeResourcesFit") * schedule::score(a.use) +
            weight("PodTopologySpread") *
                schedule::score<plugins::preferred_spread>({.defaults = a.spreading}) +
            weight("InterPodAffinity") * schedule::score(a.company) +
            weight("NodeResourcesBalancedAllocation") * schedule::score(a.balance) +
            weight("ImageLocality") * plugins::image_locality +
            plugins::library_score_leaf{{}, {memory->from_libraries()}},
    };
}

} // namespace detail

/// What `configured_profile` makes.
using configured_profile_type =
    decltype(detail::configured_profile_of(std::declval<std::shared_ptr<plugin_memory const>>()));

/// The profile of some settings. Those as they are by default decide as `default_profile` does, and as
/// quickly. The filters are asked in the order of the default profile, which decides what a node is refused
/// for where several refuse it.
[[nodiscard]] inline auto configured_profile(profile_settings settings) -> configured_profile_type {
    return detail::configured_profile_of(std::make_shared<plugin_memory const>(std::move(settings)));
}

/// Several of them, for a `scheduler`: `kube::scheduler(client, options, kube::configured_profiles(all))`. If
/// there are none, the default profile.
[[nodiscard]] inline auto configured_profiles(std::vector<profile_settings> all)
    -> schedule::policy_list<configured_profile_type> {
    if (all.empty()) all.emplace_back();
    auto out = schedule::policy_list<configured_profile_type>();
    for (auto& settings : all) out.all.push_back(configured_profile(std::move(settings)));
    return out;
}

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/schedule/configured_profile.ipp>
#endif
