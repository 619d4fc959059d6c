#pragma once

/// \file
/// How jobs behave in the API, and their table (kubernetes 1.36, `pkg/registry/batch/job`, `printJob`).

#include <berth/api/kind.hpp>
#include <berth/kube/batch/job/defaults.hpp>
#include <berth/kube/batch/job/validation.hpp>
#include <berth/kube/batch/job/validation/status.hpp>
#include <berth/kube/batch/job/validation/update.hpp>
#include <berth/kube/batch/job/warnings.hpp>
#include <berth/kube/columns.hpp>

namespace berth::kube {

namespace detail {

/// Labels of its own, and a selector of them, tell the pods of this job from those of all others.
inline auto generate_selector(job& j) -> void {
    if (j.spec.manual_selector.value_or(false)) return;
    auto& labels = j.spec.template_.metadata.labels;
    auto const add = [&](std::string_view label, std::string const& value) {
        if (!labels.contains(label)) labels[std::string(label)] = value;
    };
    for (auto const label : job_name_labels) add(label, j.metadata.name);
    for (auto const label : job_uid_labels) add(label, j.metadata.uid);
    auto& selected = j.spec.selector.engage().match_labels;
    if (!selected.contains(job_uid_labels[0])) selected[std::string(job_uid_labels[0])] = j.metadata.uid;
}

inline auto shown_job_status(job const& j) -> std::string {
    for (auto const* const type : {"Complete", "Failed"})
        if (has_condition(j, type)) return type;
    if (j.metadata.deleting()) return "Terminating";
    for (auto const* const type : {"Suspended", "FailureTarget"})
        if (has_condition(j, type)) return type;
    return "Running";
}

inline auto shown_completions(job const& j) -> std::string {
    auto const succeeded = std::to_string(j.status.succeeded);
    if (j.spec.completions) return succeeded + "/" + std::to_string(*j.spec.completions);
    auto const parallelism = j.spec.parallelism.value_or(0);
    return succeeded + (parallelism > 1 ? "/1 of " + std::to_string(parallelism) : "/1");
}

inline auto shown_duration(job const& j, time_point now) -> std::string {
    if (!j.status.start_time) return {};
    auto const end = j.status.completion_time ? j.status.completion_time->time() : now;
    return api::human_duration(end - j.status.start_time->time());
}

inline auto job_row(job const& j, time_point now) -> api::table_row {
    auto const& pods = j.spec.template_.spec;
    return {.cells = {j.metadata.name, shown_job_status(j), shown_completions(j), shown_duration(j, now),
                      since(j.metadata.creation_timestamp, now), container_names(pods),
                      container_images(pods),
                      j.spec.selector ? object::shown(*j.spec.selector) : std::string(none_shown)},
            .condition_reason = {},
            .condition_message = {}};
}

} // namespace detail

/// Deleting a job leaves its pods, unless the request says otherwise.
[[nodiscard]] inline auto job_kind() -> api::kind_of<job> {
    auto k = api::kind_of<job>{};
    k.categories = {"all"};
    k.generation = api::generation_rule::spec;
    k.propagation = api::default_propagation::orphan;
    k.set_defaults = &set_defaults;
    k.prepare_create = &detail::generate_selector;
    k.validate = &validate;
    k.warnings = &warnings_of;
    k.validate_update = &validate_update;
    k.validate_status = &validate_status;
    k.field_labels = {{"status.successful", [](job const& j) { return std::to_string(j.status.succeeded); }}};
    k.columns = {name_column, text_column("Status"),     text_column("Completions"), text_column("Duration"),
                 age_column,  wide_column("Containers"), wide_column("Images"),      wide_column("Selector")};
    k.row = &detail::job_row;
    return k;
}

} // namespace berth::kube
