#pragma once

/// \file
/// The bodies of `berth/kube/batch/job/controller/manage.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/batch/job/controller/manage.hpp>
#include <berth/kube/batch/job/controller/new_pod.hpp>

#include <algorithm>
#include <iterator>

namespace berth::kube::detail {

/// How many pods are to be active: no more than are still to succeed. Without a number of completions none
/// is added after the first success.
inline auto wanted_active(job_progress const& progress) -> std::int64_t {
    auto const parallelism = std::int64_t{progress.spec().parallelism.value_or(1)};
    if (!progress.spec().completions)
        return progress.succeeded > 0 ? std::ssize(progress.active) : parallelism;
    return std::clamp(*progress.spec().completions - progress.succeeded, std::int64_t{0}, parallelism);
}

inline auto terminating_of(job_progress const& progress) -> job_pods {
    auto out = job_pods();
    std::copy_if(progress.pods.begin(), progress.pods.end(), std::back_inserter(out),
                 [](auto const& p) { return is_terminating(*p); });
    return out;
}

/// The first indexes that are neither over nor have a pod, at most `count`.
inline auto pending_indexes(job_progress const& progress, job_pods const& terminating, std::int64_t count)
    -> std::vector<std::int64_t> {
    auto const& j = *progress.self;
    auto taken = progress.completed.with(indexes_of(j, progress.active)).with(progress.failed_indexes);
    if (replaces_only_failed(j.spec)) taken = taken.with(indexes_of(j, terminating));
    return taken.first_missing(count, j.spec.completions.value_or(0));
}

/// Takes the indexes out whose pause after a failure is not over, and says when the first of them is if all
/// have to wait.
inline auto hold_back_failed(job_progress const& progress, time_point now, std::vector<std::int64_t>& indexes)
    -> std::optional<duration> {
    auto soonest = std::optional<duration>();
    std::erase_if(indexes, [&](std::int64_t i) {
        auto const failed = progress.to_replace.find(i);
        if (failed == progress.to_replace.end()) return false;
        auto const& p = *failed->second;
        auto const left = backoff_left(index_failures_of(p).total() + 1, finished_at(p), now);
        if (left == duration()) return false;
        soonest = soonest ? std::min(*soonest, left) : left;
        return true;
    });
    return soonest;
}

inline auto add_missing(job_progress const& progress, job_backoff const& backoff, time_point now,
                        job_changes& out) -> void {
    auto const& j = *progress.self;
    auto const terminating = terminating_of(progress);
    auto const leaving = replaces_only_failed(j.spec) ? std::ssize(terminating) : 0;
    auto count = wanted_active(progress) - leaving - std::ssize(progress.active);
    if (count <= 0) return;
    count = std::min(count, job_burst);
    if (!has_backoff_per_index(j))
        if (auto const left = backoff_left(backoff.failures, backoff.last_failure, now); left != duration()) {
            out.again_after = left;
            return;
        }
    if (!is_indexed(j.spec)) {
        out.missing.assign(static_cast<std::size_t>(count), new_job_pod(j));
        return;
    }
    auto indexes = pending_indexes(progress, terminating, count);
    if (has_backoff_per_index(j)) out.again_after = hold_back_failed(progress, now, indexes);
    for (auto const i : indexes) out.missing.push_back(new_job_pod(progress, i));
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto changes_of(job_progress const& progress, job_backoff const& backoff, time_point now)
    -> job_changes {
    auto out = job_changes();
    auto const& j = *progress.self;
    auto const active = std::ssize(progress.active);
    if (is_suspended(j)) {
        out.surplus = progress.active;
        return out;
    }
    out.surplus =
        surplus_of(j, progress.active, std::max(active - detail::wanted_active(progress), std::int64_t{0}));
    if (std::ssize(out.surplus) > job_burst) out.surplus.resize(static_cast<std::size_t>(job_burst));
    if (out.surplus.empty()) detail::add_missing(progress, backoff, now, out);
    return out;
}

} // namespace berth::kube
