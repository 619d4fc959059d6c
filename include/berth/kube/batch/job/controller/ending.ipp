#pragma once

/// \file
/// The bodies of `berth/kube/batch/job/controller/ending.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/batch/job/controller/ending.hpp>
#include <berth/kube/batch/job/controller/failure_policy.hpp>

#include <utility>

namespace berth::kube::detail {

inline auto announced_ending(job_status const& s) -> std::optional<job_ending> {
    for (auto const success : {true, false}) {
        auto out = job_ending{success, {}, {}};
        auto const* const c = object::find_condition(s.conditions, out.interim());
        if (c == nullptr || c->status != "True") continue;
        out.reason = c->reason;
        out.message = c->message;
        return out;
    }
    return std::nullopt;
}

/// Why the rules for failures end the job; empty if they do not.
inline auto why_job_fails(job_progress const& progress) -> std::string {
    if (!progress.spec().pod_failure_policy) return {};
    for (auto const& p : progress.pods)
        if (has_failed(*progress.self, *p))
            if (auto why = judge_failure(progress.spec(), *p).message; !why.empty()) return why;
    return {};
}

/// How often containers have been restarted in pods that are not over.
inline auto count_restarts(job_pods const& pods) -> std::int64_t {
    auto out = std::int64_t{0};
    for (auto const& p : pods) {
        if (p->status.phase != "Running" && p->status.phase != "Pending") continue;
        for (auto const* const list : {&p->status.init_container_statuses, &p->status.container_statuses})
            for (auto const& c : *list) out += c.restart_count;
    }
    return out;
}

inline auto is_past_backoff_limit(job_progress const& progress) -> bool {
    auto const limit = std::int64_t{progress.spec().backoff_limit.value_or(6)};
    if (progress.failed > limit) return true;
    if (progress.spec().template_.spec.restart_policy != "OnFailure") return false;
    auto const restarts = count_restarts(progress.pods);
    return limit == 0 ? restarts > 0 : restarts >= limit;
}

inline auto is_past_deadline(job const& j, std::optional<object::timestamp> started, time_point now) -> bool {
    auto const limit = j.spec.active_deadline_seconds;
    return limit && started && !is_suspended(j) && now - started->time() >= seconds(*limit);
}

/// The failure of a job too many of whose indexes have failed, or all of whose indexes are over.
inline auto ending_by_indexes(job_progress const& progress) -> std::optional<job_ending> {
    auto const failed = progress.failed_indexes.size();
    auto const& spec = progress.spec();
    if (!has_backoff_per_index(*progress.self)) return std::nullopt;
    if (spec.max_failed_indexes && failed > *spec.max_failed_indexes)
        return job_ending{false, "MaxFailedIndexesExceeded",
                          "Job has exceeded the specified maximal number of failed indexes"};
    if (failed > 0 && failed + progress.completed.size() >= spec.completions.value_or(0))
        return job_ending{false, "FailedIndexes", "Job has failed indexes"};
    return std::nullopt;
}

inline auto is_met(success_policy_rule const& rule, job_progress const& progress) -> bool {
    auto const enough = [&](std::int64_t have) { return have >= *rule.succeeded_count; };
    if (!rule.succeeded_indexes) return rule.succeeded_count && enough(progress.completed.size());
    auto const wanted = index_set::parse(*rule.succeeded_indexes, progress.spec().completions.value_or(0));
    auto const have = count_common(wanted, progress.completed);
    return rule.succeeded_count ? enough(have) : have == wanted.size();
}

inline auto ending_by_success_policy(job_progress const& progress) -> std::optional<job_ending> {
    auto const& policy = progress.spec().success_policy;
    if (!policy || progress.completed.empty()) return std::nullopt;
    for (std::size_t i = 0; i < policy->rules.size(); ++i)
        if (is_met(policy->rules[i], progress))
            return job_ending{true, "SuccessPolicy", "Matched rules at index " + std::to_string(i)};
    return std::nullopt;
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto ending_of(job_progress const& progress, std::optional<object::timestamp> started,
                          time_point now) -> std::optional<job_ending> {
    auto const& j = *progress.self;
    if (auto told = detail::announced_ending(j.status)) return told;
    if (auto why = detail::why_job_fails(progress); !why.empty())
        return job_ending{false, "PodFailurePolicy", std::move(why)};
    if (detail::is_past_backoff_limit(progress))
        return job_ending{false, "BackoffLimitExceeded", "Job has reached the specified backoff limit"};
    if (detail::is_past_deadline(j, started, now))
        return job_ending{false, "DeadlineExceeded", "Job was active longer than specified deadline"};
    if (!is_indexed(j.spec)) return std::nullopt;
    if (auto failure = detail::ending_by_indexes(progress)) return failure;
    return detail::ending_by_success_policy(progress);
}

BERTH_DECL auto completion_of(job_progress const& progress, std::int64_t active)
    -> std::optional<job_ending> {
    auto const enough = std::int64_t{progress.spec().completions.value_or(1)};
    if (active != 0 || progress.succeeded < enough) return std::nullopt;
    return job_ending{true, "CompletionsReached", "Reached expected number of succeeded pods"};
}

BERTH_DECL auto set_condition(job_status& s, reconcile::observation what, time_point now) -> bool {
    auto* c = object::find_condition(s.conditions, what.type);
    if (c == nullptr) {
        if (what.status == "False") return false;
        c = &s.conditions.emplace_back();
        c->type = std::move(what.type);
    } else if (c->status == what.status && c->reason == what.reason && c->message == what.message) {
        return false;
    }
    c->status = std::move(what.status);
    c->reason = std::move(what.reason);
    c->message = std::move(what.message);
    c->last_probe_time = c->last_transition_time = object::timestamp(now);
    return true;
}

} // namespace berth::kube
