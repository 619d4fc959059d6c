#pragma once

/// \file
/// The bodies of `berth/kube/batch/job/controller/pods.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/apps/replica_set/controller/pod_ranking.hpp>
#include <berth/kube/batch/job/controller/pods.hpp>
#include <berth/object/detail/go_text.hpp>
#include <berth/reconcile/finalizer.hpp>

#include <algorithm>
#include <limits>
#include <map>

namespace berth::kube::detail {

/// A number that an annotation tells, from 0 to `most`.
inline auto annotated_number(pod const& p, std::string_view key, std::int64_t most)
    -> std::optional<std::int64_t> {
    auto const* const text = p.metadata.annotations.find(key);
    auto const n = text == nullptr ? std::nullopt : object::detail::go_integer(*text);
    return n && *n >= 0 && *n <= most ? n : std::nullopt;
}

inline auto annotated_count(pod const& p, std::string_view key) -> std::int32_t {
    auto const n = annotated_number(p, key, std::numeric_limits<std::int32_t>::max());
    return static_cast<std::int32_t>(n.value_or(0));
}

/// When the last of its containers ended; nothing if one has not.
inline auto containers_finished_at(pod const& p) -> std::optional<time_point> {
    auto out = std::optional<time_point>();
    for (auto const& c : p.status.container_statuses) {
        if (!c.state.terminated || c.state.terminated->finished_at.is_zero()) return std::nullopt;
        auto const at = c.state.terminated->finished_at.time();
        out = out ? std::max(*out, at) : at;
    }
    return out;
}

/// Of two times the later comes first, and before all the time that is none.
inline auto compare_latest_first(object::timestamp a, object::timestamp b) -> int {
    if (a.is_zero() != b.is_zero()) return a.is_zero() ? -1 : 1;
    return a == b ? 0 : a > b ? -1 : 1;
}

/// Negative if `a` is missed less than `b`.
inline auto compare_by_use(pod const& a, pod const& b) -> int {
    if (a.spec.node_name.empty() != b.spec.node_name.empty()) return a.spec.node_name.empty() ? -1 : 1;
    if (auto const d = phase_order(a) - phase_order(b); d != 0) return d;
    if (is_ready(a) != is_ready(b)) return is_ready(a) ? 1 : -1;
    if (is_ready(a))
        if (auto const d = compare_latest_first(ready_since(a), ready_since(b)); d != 0) return d;
    auto const restarts = std::pair{most_restarts(a), most_restarts(b)};
    if (restarts.first != restarts.second) return restarts.first > restarts.second ? -1 : 1;
    auto const d = compare_latest_first(a.metadata.creation_timestamp, b.metadata.creation_timestamp);
    return d != 0 ? d : a.metadata.name.compare(b.metadata.name);
}

inline auto sort_by_use(job_pods& pods) -> void {
    std::sort(pods.begin(), pods.end(),
              [](auto const& a, auto const& b) { return compare_by_use(*a, *b) < 0; });
}

/// Takes those out of the active pods whose index is none, or is that of another too.
inline auto take_out_misplaced(job const& j, job_pods& active) -> job_pods {
    auto out = job_pods();
    auto by_index = std::map<std::int64_t, job_pods>();
    for (auto const& p : active) {
        if (auto const i = index_within(j, *p)) by_index[*i].push_back(p);
        else out.push_back(p);
    }
    active.clear();
    for (auto& [index, pods] : by_index) {
        sort_by_use(pods);
        active.push_back(pods.back());
        out.insert(out.end(), pods.begin(), pods.end() - 1);
    }
    return out;
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto is_tracked(pod const& p) -> bool {
    return reconcile::has_finalizer(p.metadata, job_tracking_finalizer);
}

BERTH_DECL auto completion_index(pod const& p) -> std::optional<std::int64_t> {
    return detail::annotated_number(p, completion_index_key, std::numeric_limits<std::int64_t>::max());
}

BERTH_DECL auto index_within(job const& j, pod const& p) -> std::optional<std::int64_t> {
    auto const i = completion_index(p);
    return i && *i < j.spec.completions.value_or(0) ? i : std::nullopt;
}

BERTH_DECL auto indexes_of(job const& j, job_pods const& pods) -> index_set {
    auto out = std::vector<std::int64_t>();
    for (auto const& p : pods)
        if (auto const i = index_within(j, *p)) out.push_back(*i);
    return index_set(out);
}

BERTH_DECL auto replaces_only_failed(job_spec const& s) -> bool {
    return s.pod_failure_policy || (s.pod_replacement_policy && *s.pod_replacement_policy == "Failed");
}

BERTH_DECL auto has_failed(job const& j, pod const& p) -> bool {
    return p.status.phase == "Failed" || (is_terminating(p) && !replaces_only_failed(j.spec));
}

BERTH_DECL auto index_failures_of(pod const& p) -> index_failures {
    return {detail::annotated_count(p, index_failures_key),
            detail::annotated_count(p, index_ignored_failures_key)};
}

BERTH_DECL auto finished_at(pod const& p) -> time_point {
    if (auto const ended = detail::containers_finished_at(p)) return *ended;
    auto const* const ready = object::find_condition(p.status.conditions, "Ready");
    if (ready != nullptr && ready->status == "False" && !ready->last_transition_time.is_zero())
        return ready->last_transition_time.time();
    auto const& m = p.metadata;
    if (m.deleting())
        return m.deletion_timestamp->time() - seconds(m.deletion_grace_period_seconds.value_or(0));
    return m.creation_timestamp.time();
}

BERTH_DECL auto surplus_of(job const& j, job_pods active, std::ptrdiff_t at_least) -> job_pods {
    auto out = is_indexed(j.spec) ? detail::take_out_misplaced(j, active) : job_pods();
    auto const more = std::min(at_least - std::ssize(out), std::ssize(active));
    if (more <= 0) return out;
    detail::sort_by_use(active);
    out.insert(out.end(), active.begin(), active.begin() + more);
    return out;
}

} // namespace berth::kube
