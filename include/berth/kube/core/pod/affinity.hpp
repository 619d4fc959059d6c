#pragma once

/// \file
/// Which nodes a pod may run on and wants to run on: selectors, affinity, tolerations, spreading
/// (core/v1 of Kubernetes 1.36).

#include <berth/object/label_selector.hpp>

namespace berth::kube {

/// A condition on a label or field of a node.
struct node_selector_requirement {
    std::string key;
    std::string operator_;
    std::vector<std::string> values;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(node_selector_requirement, "io.k8s.api.core.v1.NodeSelectorRequirement",
                   (key, .required = true, .always = true, .number = 1),
                   (operator_, .required = true, .always = true,
                    .values = "DoesNotExist,Exists,Gt,In,Lt,NotIn", .number = 2),
                   (values, .topology = object::merge_topology::atomic, .number = 3))
};

/// Conditions on a node that must all hold; an empty term matches no node.
struct node_selector_term {
    static constexpr auto berth_topology = object::merge_topology::atomic;

    object::list<node_selector_requirement> match_expressions;
    object::list<node_selector_requirement> match_fields;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(node_selector_term, "io.k8s.api.core.v1.NodeSelectorTerm",
                   (match_expressions, .topology = object::merge_topology::atomic, .number = 1),
                   (match_fields, .topology = object::merge_topology::atomic, .number = 2))
};

/// Terms of which one must match a node.
struct node_selector {
    static constexpr auto berth_topology = object::merge_topology::atomic;

    object::list<node_selector_term> node_selector_terms;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(node_selector, "io.k8s.api.core.v1.NodeSelector",
                   (node_selector_terms, .required = true, .always = true,
                    .topology = object::merge_topology::atomic, .number = 1))
};

/// A preference for nodes, with a weight from 1 to 100.
struct preferred_scheduling_term {
    std::int32_t weight = 0;
    node_selector_term preference;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(preferred_scheduling_term, "io.k8s.api.core.v1.PreferredSchedulingTerm",
                   (weight, .required = true, .always = true, .minimum = 1, .maximum = 100, .number = 1),
                   (preference, .required = true, .always = true, .number = 2))
};

/// Which nodes a pod needs, and which it prefers.
struct node_affinity {
    object::boxed<node_selector> required_during_scheduling_ignored_during_execution;
    object::list<preferred_scheduling_term> preferred_during_scheduling_ignored_during_execution;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(node_affinity, "io.k8s.api.core.v1.NodeAffinity",
                   (required_during_scheduling_ignored_during_execution, .number = 1),
                   (preferred_during_scheduling_ignored_during_execution,
                    .topology = object::merge_topology::atomic, .number = 2))
};

/// The pods of some namespaces with some labels, in one topology domain.
struct pod_affinity_term {
    object::boxed<object::label_selector> label_selector;
    std::vector<std::string> namespaces;
    std::string topology_key;
    object::boxed<object::label_selector> namespace_selector;
    std::vector<std::string> match_label_keys;
    std::vector<std::string> mismatch_label_keys;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(pod_affinity_term, "io.k8s.api.core.v1.PodAffinityTerm", (label_selector, .number = 1),
                   (namespaces, .topology = object::merge_topology::atomic, .number = 2),
                   (topology_key, .required = true, .always = true, .number = 3),
                   (namespace_selector, .number = 4),
                   (match_label_keys, .topology = object::merge_topology::atomic, .number = 5),
                   (mismatch_label_keys, .topology = object::merge_topology::atomic, .number = 6))
};

/// A preference for or against the company of pods, with a weight from 1 to 100.
struct weighted_pod_affinity_term {
    std::int32_t weight = 0;
    kube::pod_affinity_term pod_affinity_term;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(weighted_pod_affinity_term, "io.k8s.api.core.v1.WeightedPodAffinityTerm",
                   (weight, .required = true, .always = true, .minimum = 1, .maximum = 100, .number = 1),
                   (pod_affinity_term, .required = true, .always = true, .number = 2))
};

/// Which pods a pod must be with, and which it wants to be with.
struct pod_affinity {
    object::list<pod_affinity_term> required_during_scheduling_ignored_during_execution;
    object::list<weighted_pod_affinity_term> preferred_during_scheduling_ignored_during_execution;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(pod_affinity, "io.k8s.api.core.v1.PodAffinity",
                   (required_during_scheduling_ignored_during_execution,
                    .topology = object::merge_topology::atomic, .number = 1),
                   (preferred_during_scheduling_ignored_during_execution,
                    .topology = object::merge_topology::atomic, .number = 2))
};

/// Which pods a pod must not be with, and which it wants not to be with.
struct pod_anti_affinity {
    object::list<pod_affinity_term> required_during_scheduling_ignored_during_execution;
    object::list<weighted_pod_affinity_term> preferred_during_scheduling_ignored_during_execution;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(pod_anti_affinity, "io.k8s.api.core.v1.PodAntiAffinity",
                   (required_during_scheduling_ignored_during_execution,
                    .topology = object::merge_topology::atomic, .number = 1),
                   (preferred_during_scheduling_ignored_during_execution,
                    .topology = object::merge_topology::atomic, .number = 2))
};

/// Affinity to nodes and pods.
struct affinity {
    object::boxed<kube::node_affinity> node_affinity;
    object::boxed<kube::pod_affinity> pod_affinity;
    object::boxed<kube::pod_anti_affinity> pod_anti_affinity;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(affinity, "io.k8s.api.core.v1.Affinity", (node_affinity, .number = 1),
                   (pod_affinity, .number = 2), (pod_anti_affinity, .number = 3))
};

/// A taint that a pod bears; `tolerationSeconds` says for how long (NoExecute only).
struct toleration {
    std::string key;
    std::string operator_;
    std::string value;
    std::string effect;
    std::optional<std::int64_t> toleration_seconds;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(toleration, "io.k8s.api.core.v1.Toleration", (key, .number = 1),
                   (operator_, .values = "Equal,Exists,Gt,Lt", .number = 2), (value, .number = 3),
                   (effect, .values = "NoSchedule,PreferNoSchedule,NoExecute", .number = 4),
                   (toleration_seconds, .number = 5))
};

/// How evenly pods spread over topology domains.
struct topology_spread_constraint {
    std::int32_t max_skew = 0;
    std::string topology_key;
    std::string when_unsatisfiable;
    object::boxed<object::label_selector> label_selector;
    std::optional<std::int32_t> min_domains;
    object::boxed<std::string> node_affinity_policy;
    object::boxed<std::string> node_taints_policy;
    std::vector<std::string> match_label_keys;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(topology_spread_constraint, "io.k8s.api.core.v1.TopologySpreadConstraint",
                   (max_skew, .required = true, .always = true, .minimum = 1, .number = 1),
                   (topology_key, .required = true, .always = true, .number = 2),
                   (when_unsatisfiable, .required = true, .always = true,
                    .values = "DoNotSchedule,ScheduleAnyway", .number = 3),
                   (label_selector, .number = 4), (min_domains, .minimum = 1, .number = 5),
                   (node_affinity_policy, .values = "Honor,Ignore", .number = 6),
                   (node_taints_policy, .values = "Honor,Ignore", .number = 7),
                   (match_label_keys, .topology = object::merge_topology::atomic, .number = 8))
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/pod/affinity.ipp>
#endif
