#pragma once

/// \file
/// The bodies of `berth/kube/scheduling/priority_class/validation.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/scheduling/priority_class/validation.hpp>

namespace berth::kube::detail {

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

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto is_system_priority_class(std::string_view name) -> bool {
    for (auto const& s : detail::system_priorities)
        if (s.name == name) return true;
    return false;
}

BERTH_DECL auto validate(priority_class const& p, api::field_errors& errors) -> void {
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
    require_allowed(p, &priority_class::preemption_policy, api::field_path(""), errors);
}

BERTH_DECL auto validate_update(priority_class const& now, priority_class const& before,
                                api::field_errors& errors) -> void {
    if (now.value != before.value)
        errors.forbidden(api::field_path("value"), "may not be changed in an update.");
    if (now.preemption_policy != before.preemption_policy)
        errors.invalid(api::field_path("preemptionPolicy"),
                       now.preemption_policy ? api::shown_value(*now.preemption_policy)
                                             : api::shown_value::null(),
                       detail::immutable);
}

} // namespace berth::kube
