#pragma once

/// \file
/// PodDisruptionBudgets: how many pods may be missing at a time (policy/v1 of Kubernetes 1.36).

#include <berth/object/int_or_string.hpp>
#include <berth/object/label_selector.hpp>

namespace berth::kube {

/// Which pods are guarded, and how many of them must stay.
struct pod_disruption_budget_spec {
    std::optional<object::int_or_string> min_available;
    object::boxed<object::label_selector> selector; ///< absent: no pod; empty: each pod of the namespace
    std::optional<object::int_or_string> max_unavailable;
    object::boxed<std::string> unhealthy_pod_eviction_policy;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(pod_disruption_budget_spec, "io.k8s.api.policy.v1.PodDisruptionBudgetSpec",
                   (min_available, .number = 1),
                   (selector, .patch = object::patch_strategy::replace, .number = 2),
                   (max_unavailable, .number = 3),
                   (unhealthy_pod_eviction_policy, .values = "AlwaysAllow,IfHealthyBudget", .number = 4))
};

/// How many pods may go at the moment.
struct pod_disruption_budget_status {
    std::int64_t observed_generation = 0;
    /// Pods by name whose eviction was granted, and when, but which are not yet seen to go.
    object::dictionary<object::timestamp> disrupted_pods;
    std::int32_t disruptions_allowed = 0;
    std::int32_t current_healthy = 0;
    std::int32_t desired_healthy = 0;
    std::int32_t expected_pods = 0;
    object::list<object::condition> conditions;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(pod_disruption_budget_status, "io.k8s.api.policy.v1.PodDisruptionBudgetStatus",
                   (observed_generation, .number = 1), (disrupted_pods, .number = 2),
                   (disruptions_allowed, .required = true, .always = true, .minimum = 0, .number = 3),
                   (current_healthy, .required = true, .always = true, .minimum = 0, .number = 4),
                   (desired_healthy, .required = true, .always = true, .minimum = 0, .number = 5),
                   (expected_pods, .required = true, .always = true, .minimum = 0, .number = 6),
                   (conditions, .merge_key = "type", .patch = object::patch_strategy::merge,
                    .topology = object::merge_topology::map, .list_keys = "type", .number = 7))
};

/// A bound on how many of some pods are disrupted at a time.
struct pod_disruption_budget {
    static constexpr object::resource_name resource{
        "policy", "v1", "PodDisruptionBudget", "poddisruptionbudgets", "poddisruptionbudget", true};

    object::meta metadata;
    pod_disruption_budget_spec spec;
    pod_disruption_budget_status status;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(pod_disruption_budget, "io.k8s.api.policy.v1.PodDisruptionBudget",
                   (metadata, .always = true, .number = 1), (spec, .always = true, .number = 2),
                   (status, .always = true, .number = 3))
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/policy/pod_disruption_budget/type.ipp>
#endif
