#pragma once

/// \file
/// The bodies of `berth/kube/scheduling/priority_class/kind.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/scheduling/priority_class/kind.hpp>

namespace berth::kube {

BERTH_DECL auto priority_class_kind() -> api::kind_of<priority_class> {
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
