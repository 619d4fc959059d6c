#pragma once

/// \file
/// The bodies of `berth/kube/batch/job/controller/progress.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/batch/job/controller/failure_policy.hpp>
#include <berth/kube/batch/job/controller/progress.hpp>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>

namespace berth::kube::detail {

/// Pods by index and name. The index is read from a text: once for each, and not for each comparison.
inline auto in_order(job_pods pods) -> job_pods {
    struct place {
        std::optional<std::int64_t> index;
        reconcile::seen<pod> of;
    };
    auto places = std::vector<place>();
    places.reserve(pods.size());
    for (auto& p : pods) {
        auto const index = completion_index(*p);
        places.push_back({index, std::move(p)});
    }
    std::sort(places.begin(), places.end(), [](place const& a, place const& b) {
        return a.index != b.index ? a.index < b.index : a.of->metadata.name < b.of->metadata.name;
    });
    for (std::size_t n = 0; n < places.size(); ++n) pods[n] = std::move(places[n].of);
    return pods;
}

inline auto read_uncounted(job_progress& out) -> void {
    auto const& uncounted = out.self->status.uncounted_terminated_pods;
    if (!uncounted) return;
    out.uncounted_succeeded = {uncounted->succeeded.begin(), uncounted->succeeded.end()};
    out.uncounted_failed = {uncounted->failed.begin(), uncounted->failed.end()};
}

/// Sums up the pods that ended with what the status tells.
inline auto count_ended(job_progress& out) -> void {
    auto const& j = *out.self;
    auto ignored = std::int64_t{0};
    for (auto const& p : out.pods) {
        auto const succeeded = p->status.phase == "Succeeded";
        auto const failed = has_failed(j, *p);
        if (!(succeeded || failed) || !is_valid(j, *p)) continue; // most pods are neither
        if (succeeded && !out.uncounted_succeeded.contains(p->metadata.uid)) out.newly_succeeded.push_back(p);
        if (!failed || out.uncounted_failed.contains(p->metadata.uid)) continue;
        out.newly_failed.push_back(p);
        ignored += judge_failure(j.spec, *p).counts ? 0 : 1;
    }
    out.succeeded = j.status.succeeded + std::ssize(out.newly_succeeded) +
                    static_cast<std::int64_t>(out.uncounted_succeeded.size());
    out.failed = j.status.failed + std::ssize(out.newly_failed) - ignored +
                 static_cast<std::int64_t>(out.uncounted_failed.size());
}

inline auto fails_its_index(job const& j, pod const& p) -> bool {
    if (!has_failed(j, p)) return false;
    auto const verdict = judge_failure(j.spec, p);
    return verdict.fails_index ||
           (verdict.counts && index_failures_of(p).counted >= *j.spec.backoff_limit_per_index);
}

/// Whether `later` is the pod of the two that knows of more failures.
inline auto succeeds(pod const& later, pod const& earlier) -> bool {
    return index_failures_of(earlier).total() <= index_failures_of(later).total() &&
           finished_at(earlier) <= finished_at(later);
}

inline auto find_to_replace(job_progress& out) -> void {
    auto const& j = *out.self;
    auto const active = indexes_of(j, out.active);
    for (auto const& p : out.pods) {
        if (!has_failed(j, *p) || !is_valid(j, *p)) continue;
        auto const i = *index_within(j, *p);
        if (out.completed.has(i) || out.failed_indexes.has(i) || active.has(i)) continue;
        auto const [there, is_new] = out.to_replace.try_emplace(i, p);
        if (!is_new && succeeds(*p, *there->second)) there->second = p;
    }
}

inline auto read_indexes(job_progress& out) -> void {
    auto const& j = *out.self;
    auto const completions = j.spec.completions.value_or(0);
    out.completed_before = index_set::parse(j.status.completed_indexes, completions);
    auto completed = std::vector<std::int64_t>();
    auto failed = std::vector<std::int64_t>();
    for (auto const& p : out.pods) {
        auto const succeeded = p->status.phase == "Succeeded";
        auto const fails = has_backoff_per_index(j) && fails_its_index(j, *p);
        if (!(succeeded || fails) || !is_valid(j, *p)) continue;
        if (succeeded) completed.push_back(*index_within(j, *p));
        if (fails) failed.push_back(*index_within(j, *p));
    }
    out.completed = out.completed_before.with(index_set(completed));
    out.succeeded = out.completed.size();
    if (!has_backoff_per_index(j)) return;
    auto const& told = j.status.failed_indexes;
    out.failed_indexes = index_set::parse(told ? *told : "", completions).with(index_set(failed));
    find_to_replace(out);
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto is_valid(job const& j, pod const& p) -> bool {
    return is_tracked(p) && (!is_indexed(j.spec) || index_within(j, p));
}

BERTH_DECL auto progress_of(reconcile::seen<job> j, job_pods pods) -> job_progress {
    auto out = job_progress();
    out.self = j;
    out.pods = detail::in_order(std::move(pods));
    for (auto const& p : out.pods)
        if (is_active(*p)) out.active.push_back(p);
    detail::read_uncounted(out);
    detail::count_ended(out);
    if (is_indexed(j->spec)) detail::read_indexes(out);
    return out;
}

} // namespace berth::kube
