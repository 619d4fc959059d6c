#pragma once

/// \file
/// Leases and priority classes (kubernetes 1.36, `pkg/registry/{coordination,scheduling}`).

#include <berth/kube/columns.hpp>
#include <berth/kube/defaults/cluster.hpp>
#include <berth/kube/types/lease.hpp>
#include <berth/kube/types/priority_class.hpp>
#include <berth/kube/validation/cluster.hpp>

namespace berth::kube {

namespace detail {

inline auto lease_row(lease const& l, time_point now) -> api::table_row {
    return {.cells = {l.metadata.name, l.spec.holder_identity ? *l.spec.holder_identity : std::string(),
                      since(l.metadata.creation_timestamp, now)},
            .condition_reason = {},
            .condition_message = {}};
}

inline auto priority_class_row(priority_class const& p, time_point now) -> api::table_row {
    return {.cells = {p.metadata.name, std::int64_t{p.value}, p.global_default,
                      since(p.metadata.creation_timestamp, now),
                      p.preemption_policy ? *p.preemption_policy : std::string(none_shown)},
            .condition_reason = {},
            .condition_message = {}};
}

} // namespace detail

[[nodiscard]] inline auto lease_kind() -> api::kind_of<lease> {
    auto k = api::kind_of<lease>{};
    k.create_on_update = true;
    k.unconditional_update = false;
    k.validate = &validate;
    k.validate_update = &validate_update;
    k.columns = {name_column, text_column("Holder"), age_column};
    k.row = &detail::lease_row;
    return k;
}

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
