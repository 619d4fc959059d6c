#pragma once

/// \file
/// The file by which kube-scheduler is configured, as it is written: `KubeSchedulerConfiguration` of
/// `kubescheduler.config.k8s.io/v1` (kubernetes 1.36, `staging/src/k8s.io/kube-scheduler/config/v1`). What of
/// it has no meaning here is not described: see `configuration.hpp`.

#include <berth/kube/core/pod/affinity.hpp>
#include <berth/object/boxed.hpp>
#include <berth/object/list.hpp>
#include <berth/object/reflect.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace berth::kube::configuration {

/// A plugin that is enabled or disabled at an extension point.
struct plugin {
    std::string name;
    std::optional<std::int32_t> weight; ///< of a score
    object::unknown_fields unknown{};

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(plugin, "io.k8s.kube-scheduler.config.v1.Plugin", (name, .required = true),
                   (weight, .minimum = 0))
};

/// What is enabled beside what is by default, and what of that is disabled.
struct plugin_set {
    object::list<plugin> enabled;
    object::list<plugin> disabled;
    object::unknown_fields unknown{};

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(plugin_set, "io.k8s.kube-scheduler.config.v1.PluginSet", (enabled), (disabled))
};

/// One set for each extension point, and one for all of them together.
struct plugin_sets {
    plugin_set pre_enqueue;
    plugin_set queue_sort;
    plugin_set pre_filter;
    plugin_set filter;
    plugin_set post_filter;
    plugin_set pre_score;
    plugin_set score;
    plugin_set reserve;
    plugin_set permit;
    plugin_set pre_bind;
    plugin_set bind;
    plugin_set post_bind;
    plugin_set multi_point;
    object::unknown_fields unknown{};

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(plugin_sets, "io.k8s.kube-scheduler.config.v1.Plugins", (pre_enqueue), (queue_sort),
                   (pre_filter), (filter), (post_filter), (pre_score), (score), (reserve), (permit),
                   (pre_bind), (bind), (post_bind), (multi_point))
};

/// Whose arguments stand in the file; the arguments themselves are read by who knows the plugin.
struct plugin_config_entry {
    std::string name;
    object::unknown_fields unknown{};

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(plugin_config_entry, "io.k8s.kube-scheduler.config.v1.PluginConfig",
                   (name, .required = true))
};

/// One profile.
struct profile {
    std::string scheduler_name;
    std::optional<std::int32_t> percentage_of_nodes_to_score;
    plugin_sets plugins;
    object::list<plugin_config_entry> plugin_config;
    object::unknown_fields unknown{};

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(profile, "io.k8s.kube-scheduler.config.v1.KubeSchedulerProfile", (scheduler_name),
                   (percentage_of_nodes_to_score, .minimum = 0, .maximum = 100), (plugins), (plugin_config))
};

/// The file.
struct file {
    std::optional<std::int32_t> parallelism;
    std::optional<std::int32_t> percentage_of_nodes_to_score;
    std::optional<std::int64_t> pod_initial_backoff_seconds;
    std::optional<std::int64_t> pod_max_backoff_seconds;
    object::list<profile> profiles;
    object::unknown_fields unknown{};

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(file, "io.k8s.kube-scheduler.config.v1.KubeSchedulerConfiguration",
                   (parallelism, .minimum = 1), (percentage_of_nodes_to_score, .minimum = 0, .maximum = 100),
                   (pod_initial_backoff_seconds, .minimum = 1), (pod_max_backoff_seconds, .minimum = 0),
                   (profiles))
};

/// A resource and how much it counts.
struct resource {
    std::string name;
    std::optional<std::int64_t> weight;
    object::unknown_fields unknown{};

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(resource, "io.k8s.kube-scheduler.config.v1.ResourceSpec", (name, .required = true),
                   (weight, .minimum = 1, .maximum = 100))
};

/// What a use is worth.
struct shape_point {
    std::int32_t utilization = 0;
    std::int32_t score = 0;
    object::unknown_fields unknown{};

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(shape_point, "io.k8s.kube-scheduler.config.v1.UtilizationShapePoint",
                   (utilization, .always = true, .minimum = 0, .maximum = 100),
                   (score, .always = true, .minimum = 0, .maximum = 10))
};

/// Of the strategy RequestedToCapacityRatio.
struct ratio {
    object::list<shape_point> shape;
    object::unknown_fields unknown{};

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(ratio, "io.k8s.kube-scheduler.config.v1.RequestedToCapacityRatioParam", (shape))
};

/// How the use of resources is turned into points.
struct strategy {
    std::string type;
    object::list<resource> resources;
    object::boxed<ratio> requested_to_capacity_ratio;
    object::unknown_fields unknown{};

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(strategy, "io.k8s.kube-scheduler.config.v1.ScoringStrategy",
                   (type, .values = "LeastAllocated,MostAllocated,RequestedToCapacityRatio"), (resources),
                   (requested_to_capacity_ratio))
};

/// The arguments of NodeResourcesFit.
struct fit_arguments {
    std::vector<std::string> ignored_resources;
    std::vector<std::string> ignored_resource_groups;
    object::boxed<strategy> scoring_strategy;
    object::unknown_fields unknown{};

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(fit_arguments, "io.k8s.kube-scheduler.config.v1.NodeResourcesFitArgs", (ignored_resources),
                   (ignored_resource_groups), (scoring_strategy))
};

/// The arguments of NodeResourcesBalancedAllocation.
struct balance_arguments {
    object::list<resource> resources;
    object::unknown_fields unknown{};

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(balance_arguments, "io.k8s.kube-scheduler.config.v1.NodeResourcesBalancedAllocationArgs",
                   (resources))
};

/// The arguments of NodeAffinity.
struct affinity_arguments {
    object::boxed<node_affinity> added_affinity;
    object::unknown_fields unknown{};

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(affinity_arguments, "io.k8s.kube-scheduler.config.v1.NodeAffinityArgs", (added_affinity))
};

/// The arguments of PodTopologySpread.
struct spread_arguments {
    object::list<topology_spread_constraint> default_constraints;
    std::string defaulting_type;
    object::unknown_fields unknown{};

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(spread_arguments, "io.k8s.kube-scheduler.config.v1.PodTopologySpreadArgs",
                   (default_constraints), (defaulting_type, .values = "System,List"))
};

/// The arguments of InterPodAffinity.
struct company_arguments {
    std::optional<std::int32_t> hard_pod_affinity_weight;
    bool ignore_preferred_terms_of_existing_pods = false;
    object::unknown_fields unknown{};

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(company_arguments, "io.k8s.kube-scheduler.config.v1.InterPodAffinityArgs",
                   (hard_pod_affinity_weight, .minimum = 0, .maximum = 100),
                   (ignore_preferred_terms_of_existing_pods))
};

/// The arguments of DefaultPreemption.
struct preemption_arguments {
    std::optional<std::int32_t> min_candidate_nodes_percentage;
    std::optional<std::int32_t> min_candidate_nodes_absolute;
    object::unknown_fields unknown{};

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(preemption_arguments, "io.k8s.kube-scheduler.config.v1.DefaultPreemptionArgs",
                   (min_candidate_nodes_percentage, .minimum = 0, .maximum = 100),
                   (min_candidate_nodes_absolute, .minimum = 0))
};

/// The arguments of VolumeBinding.
struct binding_arguments {
    std::optional<std::int64_t> bind_timeout_seconds;
    object::unknown_fields unknown{};

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(binding_arguments, "io.k8s.kube-scheduler.config.v1.VolumeBindingArgs",
                   (bind_timeout_seconds, .minimum = 0))
};

} // namespace berth::kube::configuration

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/schedule/configuration/type.ipp>
#endif
