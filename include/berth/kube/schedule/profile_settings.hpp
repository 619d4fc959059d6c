#pragma once

/// \file
/// What a scheduler's profile may be told at run time: which plugins it has, their weights and arguments.

#include <berth/core/time.hpp>
#include <berth/kube/core/pod/affinity.hpp>
#include <berth/kube/schedule/plugins/node_resources_fit.hpp>

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace berth::kube {

namespace plugins {
struct library_plugin;
}

/// A resource and how much it counts.
using resource_and_weight = std::pair<std::string, std::int64_t>;

/// A profile as a value. What is not said is as kube-scheduler has it (kubernetes 1.36,
/// `apis/config/v1/default_plugins.go` and `defaults.go`).
struct profile_settings {
    std::string name = "default-scheduler"; ///< `schedulerName` of the pods that it is for

    /// The plugins that filter.
    std::set<std::string, std::less<>> filters = {
        "NodeUnschedulable", "NodeName",         "TaintToleration",    "NodeAffinity",
        "NodePorts",         "NodeResourcesFit", "VolumeRestrictions", "NodeVolumeLimits",
        "VolumeBinding",     "VolumeZone",       "PodTopologySpread",  "InterPodAffinity"};
    /// The plugins that score, and their weights.
    std::map<std::string, std::int64_t, std::less<>> scores = {
        {"TaintToleration", 3},   {"NodeAffinity", 2},     {"NodeResourcesFit", 1},
        {"PodTopologySpread", 2}, {"InterPodAffinity", 2}, {"NodeResourcesBalancedAllocation", 1},
        {"ImageLocality", 1}};
    bool gates = true;      ///< SchedulingGates
    bool preemption = true; ///< DefaultPreemption

    /// Those of shared libraries among both, opened (`plugin_libraries.hpp`); null if there are none.
    std::shared_ptr<std::vector<plugins::library_plugin> const> from_libraries = {};

    // NodeResourcesFit
    plugins::fit_strategy strategy = plugins::fit_strategy::least_allocated;
    std::vector<resource_and_weight> resources = {{"cpu", 1}, {"memory", 1}};
    std::vector<plugins::use_and_worth> shape = {}; ///< in the order of `percent`
    std::vector<std::string> ignored_resources = {};
    std::vector<std::string> ignored_resource_groups = {};
    // NodeResourcesBalancedAllocation
    std::vector<resource_and_weight> balanced_resources = {{"cpu", 1}, {"memory", 1}};
    // NodeAffinity: what every pod needs and prefers beside its own
    std::optional<node_affinity> added_affinity = {};
    // PodTopologySpread, for pods without constraints of their own: those of the system, or these
    bool spread_by_system = true;
    std::vector<topology_spread_constraint> default_constraints = {};
    // InterPodAffinity
    std::int64_t hard_pod_affinity_weight = 1;
    bool ignore_preferences_of_others = false;
    // DefaultPreemption
    std::size_t least_candidates_percent = 10;
    std::size_t least_candidates = 100;

    [[nodiscard]] auto filters_by(std::string_view plugin) const -> bool { return filters.contains(plugin); }
    /// The weight of a plugin that scores; 0 if it does not.
    [[nodiscard]] auto weight_of(std::string_view plugin) const -> std::int64_t {
        auto const at = scores.find(plugin);
        return at == scores.end() ? 0 : at->second;
    }
};

} // namespace berth::kube
