#pragma once

/// \file
/// How deployments behave in the API, and their table (kubernetes 1.36, `pkg/registry/apps/deployment`).

#include <berth/api/kind.hpp>
#include <berth/kube/apps/deployment/defaults.hpp>
#include <berth/kube/apps/deployment/type.hpp>
#include <berth/kube/apps/deployment/validation.hpp>
#include <berth/kube/apps/deployment/warnings.hpp>
#include <berth/kube/apps/workload.hpp>
#include <berth/kube/columns.hpp>

namespace berth::kube {

namespace detail {

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

} // namespace berth::kube
