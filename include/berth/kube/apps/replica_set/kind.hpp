#pragma once

/// \file
/// How replica sets behave in the API, and their table (kubernetes 1.36, `pkg/registry/apps/replicaset`).

#include <berth/api/kind.hpp>
#include <berth/kube/apps/replica_set/defaults.hpp>
#include <berth/kube/apps/replica_set/type.hpp>
#include <berth/kube/apps/replica_set/validation.hpp>
#include <berth/kube/apps/replica_set/warnings.hpp>
#include <berth/kube/apps/workload.hpp>
#include <berth/kube/columns.hpp>

namespace berth::kube {

namespace detail {

inline auto replica_set_row(replica_set const& r, time_point now) -> api::table_row {
    auto const& pods = r.spec.template_.spec;
    return {.cells = {r.metadata.name, std::int64_t{r.spec.replicas.value_or(0)},
                      std::int64_t{r.status.replicas}, std::int64_t{r.status.ready_replicas},
                      since(r.metadata.creation_timestamp, now), container_names(pods),
                      container_images(pods), shown_selector(r.spec.selector)},
            .condition_reason = {},
            .condition_message = {}};
}

} // namespace detail

[[nodiscard]] inline auto replica_set_kind() -> api::kind_of<replica_set> {
    auto k = api::kind_of<replica_set>{};
    k.short_names = {"rs"};
    k.categories = {"all"};
    k.generation = api::generation_rule::spec;
    k.set_defaults = &set_defaults;
    k.validate = &validate;
    k.warnings = &warnings_of;
    k.validate_update = &validate_update;
    k.validate_status = &validate_status;
    k.field_labels = {
        {"status.replicas", [](replica_set const& r) { return std::to_string(r.status.replicas); }}};
    k.columns = {name_column, number_column("Desired"),  number_column("Current"), number_column("Ready"),
                 age_column,  wide_column("Containers"), wide_column("Images"),    wide_column("Selector")};
    k.row = &detail::replica_set_row;
    k.scale = &detail::workload_scale<replica_set>;
    k.set_scale = &detail::set_workload_scale<replica_set>;
    return k;
}

} // namespace berth::kube
