#pragma once

/// \file
/// The bodies of `berth/kube/schedule/configured_profile.hpp`.

#include <berth/kube/schedule/configured_profile.hpp>

namespace berth::kube {

BERTH_DECL plugin_memory::plugin_memory(profile_settings settings) : settings_(std::move(settings)) {
    auto const& s = settings_;
    for (auto const& [name, weight] : s.resources) resources_.push_back({name, weight});
    for (auto const& [name, weight] : s.balanced_resources) balanced_.push_back({name, weight});
    ignored_.assign(s.ignored_resources.begin(), s.ignored_resources.end());
    ignored_groups_.assign(s.ignored_resource_groups.begin(), s.ignored_resource_groups.end());
    arguments_ = {
        .room = {.ignored = ignored_, .ignored_groups = ignored_groups_},
        .use = {.strategy = s.strategy, .resources = resources_, .shape = s.shape},
        .balance = {.resources = balanced_},
        .added_affinity = s.added_affinity ? &*s.added_affinity : nullptr,
        .spreading = {.by_system = s.spread_by_system, .constraints = s.default_constraints},
        .company = {.hard_weight = s.hard_pod_affinity_weight,
                    .ignore_preferences_of_others = s.ignore_preferences_of_others},
        .preemption = {.least_percent = s.least_candidates_percent,
                       .least_count = s.least_candidates,
                       .on = s.preemption},
    };
}

BERTH_DECL auto plugin_memory::from_libraries() const -> std::span<plugins::library_plugin const> {
    auto const& all = settings_.from_libraries;
    return all ? std::span<plugins::library_plugin const>(*all) : std::span<plugins::library_plugin const>();
}

} // namespace berth::kube
