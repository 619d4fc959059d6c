#pragma once

/// \file
/// How deployments and replica sets behave in the API, and their tables (kubernetes 1.36,
/// `pkg/registry/apps`).

#include <berth/kube/columns.hpp>
#include <berth/kube/defaults/workload.hpp>
#include <berth/kube/types/deployment.hpp>
#include <berth/kube/types/replica_set.hpp>
#include <berth/kube/validation/deployment.hpp>
#include <berth/kube/validation/replica_set.hpp>
#include <berth/kube/validation/warnings.hpp>

namespace berth::kube {

namespace detail {

inline auto shown_selector(object::boxed<object::label_selector> const& s) -> std::string {
    return s ? object::shown(*s) : std::string(none_shown);
}

inline auto selector_text(object::boxed<object::label_selector> const& s) -> std::string {
    auto const parsed = object::to_selector(s);
    return parsed ? parsed->to_string() : "<invalid>";
}

inline auto deployment_row(deployment const& d, time_point now) -> api::table_row {
    auto const& pods = d.spec.template_.spec;
    return {
        .cells = {d.metadata.name,
                  std::to_string(d.status.ready_replicas) + "/" + std::to_string(d.spec.replicas.value_or(0)),
                  std::int64_t{d.status.updated_replicas}, std::int64_t{d.status.available_replicas},
                  since(d.metadata.creation_timestamp, now), container_names(pods), container_images(pods),
                  selector_text(d.spec.selector)},
        .condition_reason = {},
        .condition_message = {}};
}

inline auto replica_set_row(replica_set const& r, time_point now) -> api::table_row {
    auto const& pods = r.spec.template_.spec;
    return {.cells = {r.metadata.name, std::int64_t{r.spec.replicas.value_or(0)},
                      std::int64_t{r.status.replicas}, std::int64_t{r.status.ready_replicas},
                      since(r.metadata.creation_timestamp, now), container_names(pods),
                      container_images(pods), shown_selector(r.spec.selector)},
            .condition_reason = {},
            .condition_message = {}};
}

template <class Workload> auto workload_scale(Workload const& w) -> api::scale_state {
    return {w.spec.replicas.value_or(0), w.status.replicas, selector_text(w.spec.selector)};
}

template <class Workload> auto set_workload_scale(Workload& w, std::int32_t replicas) -> void {
    w.spec.replicas = replicas;
}

} // namespace detail

[[nodiscard]] inline auto deployment_kind() -> api::kind_of<deployment> {
    auto k = api::kind_of<deployment>{};
    k.short_names = {"deploy"};
    k.categories = {"all"};
    k.generation = api::generation_rule::spec_and_annotations;
    k.set_defaults = &set_defaults;
    k.prepare_status = [](deployment& now, deployment const& before) {
        now.metadata.labels = before.metadata.labels;
    };
    k.validate = &validate;
    k.warnings = &warnings_of;
    k.validate_update = &validate_update;
    k.validate_status = &validate_status;
    k.columns = {name_column, text_column("Ready"),      text_column("Up-to-date"), text_column("Available"),
                 age_column,  wide_column("Containers"), wide_column("Images"),     wide_column("Selector")};
    k.row = &detail::deployment_row;
    k.scale = &detail::workload_scale<deployment>;
    k.set_scale = &detail::set_workload_scale<deployment>;
    return k;
}

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
