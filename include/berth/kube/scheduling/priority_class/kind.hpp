#pragma once

/// \file
/// How priority classes behave in the API, and their table (kubernetes 1.36, `pkg/registry/scheduling`).

#include <berth/api/kind.hpp>
#include <berth/kube/columns.hpp>
#include <berth/kube/scheduling/priority_class/defaults.hpp>
#include <berth/kube/scheduling/priority_class/type.hpp>
#include <berth/kube/scheduling/priority_class/validation.hpp>

namespace berth::kube {

[[nodiscard]] inline auto priority_class_kind() -> api::kind_of<priority_class> {
    auto k = api::kind_of<priority_class>{};
    k.short_names = {"pc"};
    k.generation = api::generation_rule::first;
    k.set_defaults = &set_defaults;
    k.validate = &validate;
    k.validate_update = &validate_update;
    k.columns = {
        name_column<priority_class>(),
        number_column<priority_class>(
            "Value", [](priority_class const& p, time_point) -> api::cell { return std::int64_t{p.value}; }),
        {.name = "Global-Default",
         .value = [](priority_class const& p, time_point) -> api::cell { return p.global_default; },
         .type = "boolean"},
        age_column<priority_class>(),
        column<priority_class>("PreemptionPolicy", [](priority_class const& p, time_point) -> api::cell {
            return p.preemption_policy ? *p.preemption_policy : std::string(none_shown);
        })};
    return k;
}

} // namespace berth::kube
