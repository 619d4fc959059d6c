#pragma once

/// \file
/// What admission adds to new pods and nodes: priorities, tolerations of failing nodes, the taint of a node
/// that has not reported yet (kubernetes 1.36, `Priority`, `DefaultTolerationSeconds`,
/// `TaintNodesByCondition`).

#include <berth/api/admission.hpp>
#include <berth/api/errors.hpp>
#include <berth/kube/types/node.hpp>
#include <berth/kube/types/pod.hpp>
#include <berth/kube/types/priority_class.hpp>

#include <optional>

namespace berth::kube {

namespace detail {

struct pod_priority {
    std::int32_t value = 0;
    std::string policy = "PreemptLowerPriority";
    std::string class_name;
};

inline auto priority_of(priority_class const& c) -> pod_priority {
    return {c.value, c.preemption_policy ? *c.preemption_policy : "PreemptLowerPriority", c.metadata.name};
}

/// The priority of the class of that name, or of the default class; nothing if there is no such class.
inline auto find_priority(std::string const& name, api::admission_world const& world)
    -> std::optional<pod_priority> {
    if (!name.empty()) {
        auto const c = world.find_as<priority_class>({{}, name});
        if (!c) return std::nullopt;
        return priority_of(*c);
    }
    auto best = std::optional<pod_priority>();
    for (auto const& ref : world.list(priority_class::resource)) {
        auto const& c = ref.object.as<priority_class>();
        if (c.global_default && (!best || c.value < best->value)) best = priority_of(c);
    }
    return best ? best : pod_priority{};
}

inline auto give_priority(api::admission_request& r, api::admission_world const& world) -> result<void> {
    if (r.of.type != &object::type_of<pod>() || !r.subresource.empty()) return {};
    auto& spec = r.object->as<pod>().spec;
    if (r.op == api::admission_request::operation::update) {
        auto const& before = r.before.as<pod>().spec;
        if (!spec.priority) spec.priority = before.priority;
        if (!spec.preemption_policy) spec.preemption_policy = before.preemption_policy;
        return {};
    }
    auto const found = find_priority(spec.priority_class_name, world);
    if (!found)
        return api::forbidden(*r.of.resource, r.name,
                              "no PriorityClass with name " + spec.priority_class_name + " was found");
    if (spec.priority && *spec.priority != found->value)
        return api::forbidden(
            *r.of.resource, r.name,
            "the integer value of priority (" + std::to_string(*spec.priority) +
                ") must not be provided in pod spec; priority admission controller computed " +
                std::to_string(found->value) + " from the given PriorityClass name");
    if (spec.preemption_policy && *spec.preemption_policy != found->policy)
        return api::forbidden(
            *r.of.resource, r.name,
            "the string value of PreemptionPolicy (" + *spec.preemption_policy +
                ") must not be provided in pod spec; priority admission controller computed " +
                found->policy + " from the given PriorityClass name");
    spec.priority = found->value;
    spec.preemption_policy = found->policy;
    spec.priority_class_name = found->class_name;
    return {};
}

inline auto tolerates_failure(std::vector<toleration> const& all, std::string_view key) -> bool {
    for (auto const& t : all)
        if ((t.key == key || t.key.empty()) && (t.effect == "NoExecute" || t.effect.empty())) return true;
    return false;
}

/// A pod stays some time on a node that fails, unless it says how long itself.
inline auto tolerate_failures(api::admission_request& r, std::int64_t how_long) -> result<void> {
    if (r.of.type != &object::type_of<pod>() || r.object == nullptr || !r.subresource.empty()) return {};
    auto& tolerations = r.object->as<pod>().spec.tolerations;
    auto missing = std::vector<std::string_view>();
    for (auto const key : {"node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"})
        if (!tolerates_failure(tolerations, key)) missing.emplace_back(key);
    for (auto const key : missing) {
        auto& t = tolerations.emplace_back();
        t.key = key;
        t.operator_ = "Exists";
        t.effect = "NoExecute";
        t.toleration_seconds = how_long;
    }
    return {};
}

/// A node takes no pods until it has reported that it is ready.
inline auto taint_new_node(api::admission_request& r, api::admission_world const&) -> result<void> {
    if (r.of.type != &object::type_of<node>() || r.op != api::admission_request::operation::create) return {};
    auto& taints = r.object->as<node>().spec.taints;
    for (auto const& t : taints)
        if (t.key == "node.kubernetes.io/not-ready" && t.effect == "NoSchedule") return {};
    auto& t = taints.emplace_back();
    t.key = "node.kubernetes.io/not-ready";
    t.effect = "NoSchedule";
    return {};
}

} // namespace detail

[[nodiscard]] inline auto priority_admission() -> api::admission {
    return {"Priority", &detail::give_priority, {}};
}
/// `how_long` in seconds.
[[nodiscard]] inline auto default_toleration_seconds(std::int64_t how_long) -> api::admission {
    auto step = [how_long](api::admission_request& r, api::admission_world const&) {
        return detail::tolerate_failures(r, how_long);
    };
    return {"DefaultTolerationSeconds", std::move(step), {}};
}
[[nodiscard]] inline auto taint_nodes_by_condition() -> api::admission {
    return {"TaintNodesByCondition", &detail::taint_new_node, {}};
}

} // namespace berth::kube
