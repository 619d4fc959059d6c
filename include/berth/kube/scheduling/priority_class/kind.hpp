#pragma once

/// \file
/// How priority classes behave in the API, and their table (kubernetes 1.36, `pkg/registry/scheduling`).

#include <berth/api/kind.hpp>
#include <berth/kube/columns.hpp>
#include <berth/kube/scheduling/priority_class/defaults.hpp>
#include <berth/kube/scheduling/priority_class/type.hpp>
#include <berth/kube/scheduling/priority_class/validation.hpp>

namespace berth::kube {

namespace detail {

inline auto priority_class_row(priority_class const& p, time_point now) -> api::table_row {
    return {.cells = {p.metadata.name, std::int64_t{p.value}, p.global_default,
                      since(p.metadata.creation_timestamp, now),
                      p.preemption_policy ? *p.preemption_policy : std::string(none_shown)},
            .condition_reason = {},
            .condition_message = {}};
}

} // namespace detail

[[nodiscard]] inline auto priority_class_kind() -> api::kind_of<priority_class> {
    auto k = api::kind_of<priority_class>{};
    k.short_names = {"pc"};
    k.generation = api::generation_rule::first;
    k.set_defaults = &set_defaults;
    k.validate = &validate;
    k.validate_update = &validate_update;
    k.columns = {name_column,
                 number_column("Value"),
                 {.name = "Global-Default", .type = "boolean"},
                 age_column,
                 text_column("PreemptionPolicy")};
    k.row = &detail::priority_class_row;
    return k;
}

} // namespace berth::kube
