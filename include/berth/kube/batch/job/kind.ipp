#pragma once

/// \file
/// The bodies of `berth/kube/batch/job/kind.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/batch/job/kind.hpp>

namespace berth::kube::detail {

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

/// A job without labels wears those of its template, as they are when the server has filled them in.
inline auto prepare_new_job(job& j) -> void {
    auto const& worn = j.spec.template_.metadata.labels;
    auto const bare = j.metadata.labels.empty() && !worn.empty();
    generate_selector(j);
    if (bare) j.metadata.labels = worn;
}

inline auto prepare_job_update(job& now, job const& /*before*/) -> void {
    if (now.metadata.labels.empty()) now.metadata.labels = now.spec.template_.metadata.labels;
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

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto job_kind() -> api::kind_of<job> {
    auto k = api::kind_of<job>{};
    k.metadata.on_update = api::metadata_rules::again::all;
    k.categories = {"all"};
    k.generation = api::generation_rule::spec;
    k.propagation = api::default_propagation::orphan;
    k.default_propagation_note =
        "child pods are preserved by default when jobs are deleted; set propagationPolicy=Background to "
        "remove them or set propagationPolicy=Orphan to suppress this warning";
    k.set_defaults = &set_defaults;
    k.prepare_create = &detail::prepare_new_job;
    k.prepare_update = &detail::prepare_job_update;
    k.validate = &validate;
    k.warnings = &warnings_of;
    k.validate_update = &validate_update;
    k.validate_status = &validate_status;
    k.field_labels = {{"status.successful", [](job const& j) { return std::to_string(j.status.succeeded); }}};
    k.columns = {
        name_column<job>(),
        column<job>("Status",
                    [](job const& j, time_point) -> api::cell { return detail::shown_job_status(j); }),
        column<job>("Completions",
                    [](job const& j, time_point) -> api::cell { return detail::shown_completions(j); }),
        column<job>("Duration",
                    [](job const& j, time_point now) -> api::cell { return detail::shown_duration(j, now); }),
        age_column<job>(),
        wide_column<job>(
            "Containers",
            [](job const& j, time_point) -> api::cell { return container_names(j.spec.template_.spec); }),
        wide_column<job>(
            "Images",
            [](job const& j, time_point) -> api::cell { return container_images(j.spec.template_.spec); }),
        wide_column<job>("Selector", [](job const& j, time_point) -> api::cell {
            return j.spec.selector ? object::shown(*j.spec.selector) : std::string(none_shown);
        })};
    return k;
}

} // namespace berth::kube
