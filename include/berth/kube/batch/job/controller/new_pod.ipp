#pragma once

/// \file
/// The bodies of `berth/kube/batch/job/controller/new_pod.hpp`.

#include <berth/api/lifecycle.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/batch/job/controller/failure_policy.hpp>
#include <berth/kube/batch/job/controller/new_pod.hpp>
#include <berth/kube/control/ownership.hpp>
#include <berth/kube/control/pod_steps.hpp>
#include <berth/reconcile/finalizer.hpp>

#include <algorithm>

namespace berth::kube::detail {

inline auto tell_index(container& c) -> void {
    auto const is_told = [](env_var const& e) { return e.name == completion_index_variable; };
    if (std::any_of(c.env.begin(), c.env.end(), is_told)) return;
    auto& e = c.env.emplace_back();
    e.name = completion_index_variable;
    auto& from = e.value_from.engage().field_ref.engage();
    from.field_path = "metadata.labels['" + std::string(completion_index_key) + "']";
}

/// `calc-3-`, shortened so that the index stays in names that are made of it.
inline auto name_with_index(std::string const& job_name, std::string const& index) -> std::string {
    auto const end = "-" + index + "-";
    return job_name.substr(0, api::generated_base_length - end.size()) + end;
}

/// How many pods of an index have failed once `replaced` has.
inline auto failures_after(job_spec const& s, pod const& replaced) -> index_failures {
    auto out = index_failures_of(replaced);
    ++(judge_failure(s, replaced).counts ? out.counted : out.ignored);
    return out;
}

inline auto tell_failures(job_progress const& progress, std::int64_t index, pod& p) -> void {
    auto const replaced = progress.to_replace.find(index);
    auto const failures = replaced == progress.to_replace.end()
                              ? index_failures()
                              : failures_after(progress.spec(), *replaced->second);
    p.metadata.annotations[index_failures_key] = std::to_string(failures.counted);
    if (failures.ignored > 0)
        p.metadata.annotations[index_ignored_failures_key] = std::to_string(failures.ignored);
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto new_job_pod(job const& j) -> pod {
    auto p = pod_like(j.spec.template_, j.metadata, reconcile::controlled_by(j));
    reconcile::add_finalizer(p.metadata, job_tracking_finalizer);
    return p;
}

BERTH_DECL auto new_job_pod(job_progress const& progress, std::int64_t index) -> pod {
    auto const& j = *progress.self;
    auto p = new_job_pod(j);
    auto const number = std::to_string(index);
    p.metadata.generate_name = detail::name_with_index(j.metadata.name, number);
    p.metadata.annotations[completion_index_key] = number;
    p.metadata.labels[completion_index_key] = number;
    p.spec.hostname = j.metadata.name + "-" + number;
    for (auto& c : p.spec.init_containers) detail::tell_index(c);
    for (auto& c : p.spec.containers) detail::tell_index(c);
    if (has_backoff_per_index(j)) detail::tell_failures(progress, index, p);
    return p;
}

} // namespace berth::kube
