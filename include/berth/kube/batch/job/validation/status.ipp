#pragma once

/// \file
/// The bodies of `berth/kube/batch/job/validation/status.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/batch/job/validation/status.hpp>

#include <set>

namespace berth::kube::detail {

/// A change of a job's status, and what it changes.
struct job_status_change {
    job const& now;
    job const& before;
    field_path at = field_path("status");

    auto has(std::string_view condition) const -> bool { return has_condition(now, condition); }
    auto had(std::string_view condition) const -> bool { return has_condition(before, condition); }
    auto sets(std::string_view condition) const -> bool { return has(condition) != had(condition); }
    auto finishes() const -> bool { return is_finished(now) != is_finished(before); }
    template <class T> auto changes(T job_status::* member) const -> bool {
        return !(now.status.*member == before.status.*member);
    }
};

inline auto validate_uncounted(job_status const& s, field_path const& at, field_errors& errors) -> void {
    if (!s.uncounted_terminated_pods) return;
    auto seen = std::set<std::string_view>();
    auto const check = [&](std::vector<std::string> const& uids, field_path const& list) {
        for (std::size_t i = 0; i < uids.size(); ++i) {
            if (uids[i].empty()) errors.invalid(list.index(i), uids[i], "must not be empty");
            else if (!seen.insert(uids[i]).second) errors.duplicate(list.index(i), uids[i]);
        }
    };
    check(s.uncounted_terminated_pods->succeeded, at.child("succeeded"));
    check(s.uncounted_terminated_pods->failed, at.child("failed"));
}

inline auto validate_job_counts(job_status const& s, field_path const& at, field_errors& errors) -> void {
    check_bounds(s, &job_status::active, at, errors);
    check_bounds(s, &job_status::succeeded, at, errors);
    check_bounds(s, &job_status::failed, at, errors);
    check_bounds(s, &job_status::ready, at, errors);
    check_bounds(s, &job_status::terminating, at, errors);
    validate_uncounted(s, at.child("uncountedTerminatedPods"), errors);
}

/// Which conditions may stand together.
inline auto validate_job_conditions(job_status_change const& c, field_errors& errors) -> void {
    auto const at = c.at.child("conditions");
    auto const refuse = [&](bool when, std::string_view why) {
        if (when) errors.invalid(at, why);
    };
    auto const complete = c.has("Complete");
    auto const failed = c.has("Failed");
    auto const target = c.has("FailureTarget");
    auto const met = c.has("SuccessCriteriaMet");
    refuse((c.sets("Complete") || c.sets("Failed")) && complete && failed,
           "cannot set Complete=True and Failed=true conditions");
    refuse((c.sets("Complete") || c.sets("FailureTarget")) && complete && target,
           "cannot set Complete=True and FailureTarget=true conditions");
    refuse(c.sets("Failed") && failed && !target,
           "cannot set Failed=True condition without the FailureTarget=true condition");
    refuse(c.sets("Complete") && complete && !met,
           "cannot set Complete=True condition without the SuccessCriteriaMet=true condition");
    refuse(met && failed, "cannot set SuccessCriteriaMet=True and Failed=true conditions");
    refuse(met && target, "cannot set SuccessCriteriaMet=True and FailureTarget=true conditions");
    refuse(c.now.spec.success_policy && complete && !met,
           "cannot set Complete=True for Job with SuccessPolicy unless SuccessCriteriaMet=True");
    for (auto const* const type : {"Failed", "Complete", "FailureTarget"})
        refuse(c.had(type) && !c.has(type),
               "cannot disable the terminal " + std::string(type) + "=True condition");
    refuse(c.had("SuccessCriteriaMet") && !met, "cannot disable the SuccessCriteriaMet=True condition");
    refuse(c.had("Complete") && !c.had("SuccessCriteriaMet") && met,
           "cannot set SuccessCriteriaMet=True for Job already has Complete=true conditions");
}

inline auto validate_completion_time(job_status_change const& c, field_errors& errors) -> void {
    auto const at = c.at.child("completionTime");
    auto const& s = c.now.status;
    auto const& old = c.before.status;
    auto const changed = c.changes(&job_status::completion_time);
    if ((c.sets("Complete") || changed) && s.completion_time && !c.has("Complete"))
        errors.invalid(at, shown_time(s.completion_time),
                       "cannot set completionTime when there is no Complete=True condition");
    if ((c.sets("Complete") || changed) && !s.completion_time && c.has("Complete"))
        errors.required(at, "completionTime is required for Complete jobs");
    if ((c.changes(&job_status::start_time) || changed) && s.start_time && s.completion_time &&
        *s.completion_time < *s.start_time)
        errors.invalid(at, shown_time(s.completion_time), "completionTime cannot be set before startTime");
    if (s.completion_time && old.completion_time && changed)
        errors.invalid(at, shown_time(s.completion_time), "completionTime cannot be mutated");
}

inline auto validate_start_time(job_status_change const& c, field_errors& errors) -> void {
    auto const at = c.at.child("startTime");
    auto const changed = c.changes(&job_status::start_time);
    if ((c.finishes() || changed) && !c.now.status.start_time && is_finished(c.now))
        errors.required(at, "startTime is required for finished job");
    if (c.before.status.start_time && changed && !c.now.spec.suspend.value_or(false))
        errors.invalid(at, shown_time(c.now.status.start_time),
                       "field is immutable for unsuspended job once set");
}

/// A job that is over has no pods that run, end or wait to be counted.
inline auto validate_nothing_left(job_status_change const& c, field_errors& errors) -> void {
    if (!is_finished(c.now)) return;
    auto const& s = c.now.status;
    if ((c.finishes() || c.changes(&job_status::active)) && s.active > 0)
        errors.invalid(c.at.child("active"), s.active, "active>0 is invalid for finished job");
    if ((c.finishes() || c.changes(&job_status::terminating)) && s.terminating.value_or(0) > 0)
        errors.invalid(c.at.child("terminating"), *s.terminating,
                       "terminating>0 is invalid for finished job");
    auto const& left = s.uncounted_terminated_pods;
    if ((c.finishes() || c.changes(&job_status::uncounted_terminated_pods)) && left &&
        !(left->succeeded.empty() && left->failed.empty()))
        errors.invalid(c.at.child("uncountedTerminatedPods"), shown_internal(*left),
                       "uncountedTerminatedPods needs to be empty for finished job");
}

inline auto validate_failed_indexes(job_status_change const& c, field_errors& errors) -> void {
    auto const& s = c.now.status;
    auto const& spec = c.now.spec;
    if (!s.failed_indexes) return;
    auto const at = c.at.child("failedIndexes");
    auto const changed = c.changes(&job_status::failed_indexes);
    if (changed && spec.completions && spec.backoff_limit_per_index)
        if (auto const counted = count_indexes(*s.failed_indexes, *spec.completions); !counted)
            errors.invalid(at, *s.failed_indexes, "error parsing failedIndexes: " + counted.error().message);
    if (changed && !spec.backoff_limit_per_index)
        errors.invalid(at, *s.failed_indexes,
                       "cannot set non-null failedIndexes when backoffLimitPerIndex is null");
    if (!changed && !c.changes(&job_status::completed_indexes)) return;
    if (!spec.completions) return;
    if (auto const both = common_index(s.completed_indexes, *s.failed_indexes, *spec.completions))
        errors.invalid(at, *s.failed_indexes,
                       "failedIndexes and completedIndexes overlap at index: " + std::to_string(*both));
}

inline auto validate_completed_indexes(job_status_change const& c, field_errors& errors) -> void {
    if (!c.changes(&job_status::completed_indexes)) return;
    auto const& text = c.now.status.completed_indexes;
    auto const& spec = c.now.spec;
    auto const at = c.at.child("completedIndexes");
    if (spec.completions)
        if (auto const counted = count_indexes(text, *spec.completions); !counted)
            errors.invalid(at, text, "error parsing completedIndexes: " + counted.error().message);
    if (!text.empty() && !is_indexed(spec))
        errors.invalid(at, text, "cannot set non-empty completedIndexes when non-indexed completion mode");
}

/// Counts go up. (That of successes goes down when an indexed job is made smaller.)
inline auto validate_counters(job_status_change const& c, field_errors& errors) -> void {
    auto const& s = c.now.status;
    auto const& old = c.before.status;
    auto const elastic = is_indexed(c.now.spec) && c.now.spec.completions == c.now.spec.parallelism;
    if (s.failed < old.failed)
        errors.invalid(c.at.child("failed"), s.failed, "cannot decrease the failed counter");
    if (s.succeeded < old.succeeded && !elastic)
        errors.invalid(c.at.child("succeeded"), s.succeeded, "cannot decrease the succeeded counter");
    if ((c.changes(&job_status::ready) || c.changes(&job_status::active)) && s.ready && *s.ready > s.active)
        errors.invalid(c.at.child("ready"), *s.ready, "cannot set more ready pods than active");
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto validate_status(job const& now, job const& before, api::field_errors& errors) -> void {
    auto const change = detail::job_status_change{now, before};
    detail::validate_job_counts(now.status, change.at, errors);
    detail::validate_job_conditions(change, errors);
    detail::validate_completion_time(change, errors);
    detail::validate_start_time(change, errors);
    detail::validate_nothing_left(change, errors);
    detail::validate_completed_indexes(change, errors);
    detail::validate_failed_indexes(change, errors);
    detail::validate_counters(change, errors);
}

} // namespace berth::kube
