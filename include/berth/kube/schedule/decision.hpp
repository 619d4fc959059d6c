#pragma once

/// \file
/// An explanation of a pod's placement as a value for programs: described, so that it prints as JSON
/// (`object::to_json_text`). The same cluster gives the same text.

#include <berth/core/config.hpp>
#include <berth/kube/schedule/infos.hpp>
#include <berth/kube/schedule/remedy.hpp>
#include <berth/object/list.hpp>
#include <berth/object/reflect.hpp>
#include <berth/schedule/explain.hpp>
#include <berth/schedule/remedy.hpp>

#include <span>
#include <string>
#include <vector>

namespace berth::kube {

/// What one plugin says against a node.
struct decision_refusal {
    std::string plugin;
    std::string grade; ///< `Unschedulable`, or `UnschedulableAndUnresolvable`: nobody's departure helps
    std::vector<std::string> reasons;
    object::unknown_fields unknown{};

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(decision_refusal, "DecisionRefusal", (plugin), (grade), (reasons))
};

/// What one plugin gives a node.
struct decision_points {
    std::string plugin; ///< with its weight: "3 * TaintToleration"
    double weight = 0;
    double raw = 0;
    double normalised = 0;
    double weighted = 0;
    object::unknown_fields unknown{};

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(decision_points, "DecisionPoints", (plugin), (weight, .always = true),
                   (raw, .always = true), (normalised, .always = true), (weighted, .always = true))
};

/// What one node got.
struct decision_node {
    std::string name;
    bool accepted = false;
    double total = 0;
    object::list<decision_points> points;
    object::list<decision_refusal> refusals;
    object::unknown_fields unknown{};

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(decision_node, "DecisionNode", (name), (accepted, .always = true), (total, .always = true),
                   (points), (refusals))
};

/// What one plugin did for the winner.
struct decision_margin {
    std::string plugin;
    double ahead = 0;
    bool decisive = false;
    object::unknown_fields unknown{};

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(decision_margin, "DecisionMargin", (plugin), (ahead, .always = true),
                   (decisive, .always = true))
};

/// What some nodes would need.
struct decision_advice {
    std::string text;
    bool complete = false; ///< whether the nodes accept the pod after it
    std::vector<std::string> nodes;
    object::list<remedy> changes;      ///< of the first of the nodes, which needs the least
    std::vector<std::string> helpless; ///< plugins that refuse whatever is known to help
    object::unknown_fields unknown{};

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(decision_advice, "DecisionAdvice", (text), (complete, .always = true), (nodes), (changes),
                   (helpless))
};

/// The whole account.
struct decision {
    std::string pod; ///< `namespace/name`
    std::string policy;
    std::string chosen; ///< the name of the node; empty if there is none
    std::string runner_up;
    double margin = 0;
    std::vector<std::string> equals; ///< the others with as many points
    object::list<decision_margin> margins;
    std::vector<std::string> victims; ///< who would have to leave `room` if there is no place
    std::string room;
    object::list<decision_node> nodes;
    object::list<decision_advice> advice;
    object::unknown_fields unknown{};

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(decision, "Decision", (pod), (policy), (chosen, .always = true), (runner_up), (margin),
                   (equals), (margins), (victims), (room), (nodes, .always = true), (advice))
};

/// An account of the decision on a pod, and advice for those nodes that refuse it, as one value.
[[nodiscard]] BERTH_DECL auto decision_of(pod_info const& p, std::span<node_info const> nodes,
                                          schedule::explanation const& account,
                                          schedule::advice<remedy> const& advice) -> decision;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/schedule/decision.ipp>
#endif
