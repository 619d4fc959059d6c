#pragma once

/// \file
/// Checks of leases, events, priority classes and bindings (Kubernetes 1.36,
/// `pkg/apis/coordination/validation`, `pkg/apis/core/validation/events.go`,
/// `pkg/apis/scheduling/validation`).

#include <berth/kube/types/binding.hpp>
#include <berth/kube/types/event.hpp>
#include <berth/kube/types/lease.hpp>
#include <berth/kube/types/priority_class.hpp>
#include <berth/kube/validation/object_meta.hpp>

namespace berth::kube {

/// The greatest priority that is not reserved for the system.
inline constexpr std::int32_t highest_user_priority = 1'000'000'000;

namespace detail {

inline auto validate_lease_spec(lease_spec const& s, field_errors& errors) -> void {
    auto const at = field_path("spec");
    if (s.lease_duration_seconds && *s.lease_duration_seconds <= 0)
        errors.invalid(at.child("leaseDurationSeconds"), *s.lease_duration_seconds, "must be greater than 0");
    if (s.lease_transitions && *s.lease_transitions < 0)
        errors.invalid(at.child("leaseTransitions"), *s.lease_transitions, negative);
    if (s.strategy) validate_label_name(*s.strategy, at.child("strategy"), errors);
    auto const has_strategy = s.strategy && !s.strategy->empty();
    if (s.preferred_holder && !s.preferred_holder->empty() && !has_strategy)
        errors.forbidden(at.child("preferredHolder"), "may only be specified if `strategy` is defined");
}

/// Events of the newer sort say who reports what.
inline auto validate_reporter(event const& e, field_errors& errors) -> void {
    auto const component = field_path("reportingComponent");
    if (e.reporting_component.empty()) errors.required(component);
    validate_label_name(e.reporting_component, component, errors);
    auto const check = [&](std::string const& value, std::string_view name) {
        auto const at = field_path(name);
        if (value.empty()) errors.required(at);
        if (value.size() > 128) errors.invalid(at, "", "can have at most 128 characters");
    };
    check(e.reporting_instance, "reportingInstance");
    check(e.action, "action");
    check(e.reason, "reason");
    if (e.message.size() > 1024)
        errors.invalid(field_path("message"), "", "can have at most 1024 characters");
}

inline auto validate_event_body(event const& e, field_errors& errors) -> void {
    auto const about = field_path("involvedObject");
    auto const& where = e.metadata.namespace_;
    auto const& subject = e.involved_object.namespace_;
    auto const old = e.event_time.is_zero();
    auto const of_cluster =
        subject.empty() && (where.empty() || where == "default" || (!old && where == "kube-system"));
    auto const matches = subject.empty() ? of_cluster : (!old || where == subject);
    if (!matches) errors.invalid(about.child("namespace"), subject, "does not match event.namespace");
    if (!old) validate_reporter(e, errors);
    if (!object::is_dns1123_subdomain(where))
        errors.invalid_all(field_path("namespace"), where, object::dns1123_subdomain_problems(where));
}

struct system_priority {
    std::string_view name;
    std::int32_t value;
};
inline constexpr system_priority system_priorities[] = {{"system-node-critical", 2'000'001'000},
                                                        {"system-cluster-critical", 2'000'000'000}};

/// Why a class with a reserved name is none of the system's own.
inline auto system_priority_problem(priority_class const& p) -> std::string {
    for (auto const& s : system_priorities) {
        if (p.metadata.name != s.name) continue;
        if (p.value != s.value)
            return "value of " + p.metadata.name + " PriorityClass must be " + std::to_string(s.value);
        if (p.global_default) return "globalDefault of " + p.metadata.name + " PriorityClass must be false";
        return "";
    }
    return p.metadata.name + " is not a known system priority class";
}

inline auto validate_priority_policy(priority_class const& p, field_errors& errors) -> void {
    if (!p.preemption_policy) return;
    auto const at = field_path("preemptionPolicy");
    if (p.preemption_policy->empty()) errors.required(at);
    else if (*p.preemption_policy != "PreemptLowerPriority" && *p.preemption_policy != "Never")
        errors.not_supported(at, *p.preemption_policy, {"PreemptLowerPriority", "Never"});
}

} // namespace detail

/// Checks a lease that is to be created.
inline auto validate(lease const& l, api::field_errors& errors) -> void {
    validate_object_meta(l.metadata, {.known_finalizers = false}, errors);
    detail::validate_lease_spec(l.spec, errors);
}

/// Checks a change of a lease.
inline auto validate_update(lease const& now, lease const& before, api::field_errors& errors) -> void {
    validate_any_update(now.metadata, before.metadata, true, errors);
    validate_object_meta_update(now.metadata, before.metadata, errors, false);
    detail::validate_lease_spec(now.spec, errors);
}

/// Checks an event that is to be created. Events may have any name that can be part of a path.
inline auto validate(event const& e, api::field_errors& errors) -> void {
    detail::validate_event_body(e, errors);
    if (errors.empty())
        validate_object_meta(e.metadata, {.name = name_rule::path_segment, .known_finalizers = false},
                             errors);
}

/// Checks a change of an event.
inline auto validate_update(event const& now, event const& before, api::field_errors& errors) -> void {
    validate_any_update(now.metadata, before.metadata, true, errors);
    detail::validate_event_body(now, errors);
}

/// Checks a priority class that is to be created.
inline auto validate(priority_class const& p, api::field_errors& errors) -> void {
    validate_object_meta(p.metadata, {.namespaced = false}, errors);
    if (p.metadata.name.compare(0, 7, "system-") == 0) {
        auto const problem = detail::system_priority_problem(p);
        if (!problem.empty())
            errors.forbidden(
                metadata_path.child("name"),
                "priority class names with 'system-' prefix are reserved for system use only. error: " +
                    problem);
    } else if (p.value > highest_user_priority) {
        errors.forbidden(api::field_path("value"), "maximum allowed value of a user defined priority is " +
                                                       std::to_string(highest_user_priority));
    }
    detail::validate_priority_policy(p, errors);
}

/// Checks a change of a priority class.
inline auto validate_update(priority_class const& now, priority_class const& before,
                            api::field_errors& errors) -> void {
    validate_any_update(now.metadata, before.metadata, false, errors);
    validate_object_meta_update(now.metadata, before.metadata, errors);
    if (now.value != before.value)
        errors.forbidden(api::field_path("value"), "may not be changed in an update.");
    if (now.preemption_policy != before.preemption_policy)
        errors.invalid(api::field_path("preemptionPolicy"),
                       now.preemption_policy ? api::shown_value(*now.preemption_policy)
                                             : api::shown_value::null(),
                       detail::immutable);
}

/// Checks a binding of a pod to a node.
inline auto validate(binding const& b, api::field_errors& errors) -> void {
    auto const target = api::field_path("target");
    if (!b.target.kind.empty() && b.target.kind != "Node")
        errors.not_supported(target.child("kind"), b.target.kind, {"Node", "<empty>"});
    if (b.target.name.empty()) errors.required(target.child("name"));
}

} // namespace berth::kube
