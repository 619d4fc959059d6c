#pragma once

/// \file
/// The bodies of `berth/kube/scheduling/priority_class/admission.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/scheduling/priority_class/admission.hpp>
#include <berth/kube/scheduling/priority_class/validation.hpp>

namespace berth::kube::detail {

struct pod_priority {
    std::int32_t value = 0;
    std::string policy = "PreemptLowerPriority";
    std::string class_name;
};

inline auto priority_of(priority_class const& c) -> pod_priority {
    return {c.value, c.preemption_policy ? *c.preemption_policy : "PreemptLowerPriority", c.metadata.name};
}

/// The priority of the class of that name, or of the default class. Errors: `not_found`.
inline auto find_priority(std::string const& name, api::admission_world const& world)
    -> result<pod_priority> {
    if (!name.empty()) {
        auto const c = world.find_as<priority_class>({{}, name});
        if (!c) return std::unexpected(c.error());
        return priority_of(**c);
    }
    auto best = std::optional<pod_priority>();
    auto const all = world.list(priority_class::resource);
    if (!all) return std::unexpected(all.error());
    for (auto const& ref : *all) {
        auto const& c = ref.object.as<priority_class>();
        if (c.global_default && (!best || c.value < best->value)) best = priority_of(c);
    }
    return best.value_or(pod_priority{});
}

BERTH_DECL auto give_priority(api::admission_request& r, api::admission_world const& world) -> result<void> {
    if (r.of.type != &object::type_of<pod>() || !r.subresource.empty()) return {};
    auto& spec = r.object->as<pod>().spec;
    if (r.op == api::admission_request::operation::update) {
        auto const& before = r.before.as<pod>().spec;
        if (!spec.priority) spec.priority = before.priority;
        if (!spec.preemption_policy) spec.preemption_policy = before.preemption_policy;
        return {};
    }
    auto const found = find_priority(spec.priority_class_name, world);
    if (!found && found.error().code != error_code::not_found) return std::unexpected(found.error());
    if (!found)
        return api::refused(r, "no PriorityClass with name " + spec.priority_class_name + " was found");
    if (spec.priority && *spec.priority != found->value)
        return api::refused(
            r, "the integer value of priority (" + std::to_string(*spec.priority) +
                   ") must not be provided in pod spec; priority admission controller computed " +
                   std::to_string(found->value) + " from the given PriorityClass name");
    if (spec.preemption_policy && *spec.preemption_policy != found->policy)
        return api::refused(
            r, "the string value of PreemptionPolicy (" + *spec.preemption_policy +
                   ") must not be provided in pod spec; priority admission controller computed " +
                   found->policy + " from the given PriorityClass name");
    spec.priority = found->value;
    spec.preemption_policy = found->policy;
    spec.priority_class_name = found->class_name;
    return {};
}

BERTH_DECL auto check_priority_class(api::admission_request& r, api::admission_world const& world)
    -> result<void> {
    if (r.of.type != &object::type_of<priority_class>()) return {};
    if (r.op == api::admission_request::operation::remove) {
        if (!is_system_priority_class(r.name)) return {};
        return api::refused(r, "this is a system priority class and cannot be deleted");
    }
    if (r.object == nullptr || !r.object->as<priority_class>().global_default) return {};
    auto const& name = r.object->as<priority_class>().metadata.name;
    auto const all = world.list(priority_class::resource);
    if (!all) return std::unexpected(all.error());
    priority_class const* first = nullptr;
    for (auto const& ref : *all) {
        auto const& c = ref.object.as<priority_class>();
        if (c.global_default && (first == nullptr || c.value < first->value)) first = &c;
    }
    auto const creates = r.op == api::admission_request::operation::create;
    if (first == nullptr || (!creates && first->metadata.name == name)) return {};
    return api::refused(r, "PriorityClass " + first->metadata.name +
                               " is already marked as default. Only one default can exist");
}

} // namespace berth::kube::detail
