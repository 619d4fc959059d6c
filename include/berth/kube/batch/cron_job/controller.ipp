#pragma once

/// \file
/// The bodies of `berth/kube/batch/cron_job/controller.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/batch/cron_job/controller.hpp>
#include <berth/kube/batch/cron_job/controller/new_job.hpp>
#include <berth/kube/batch/job/state.hpp>
#include <berth/object/detail/go_text.hpp>
#include <berth/reconcile/ownership.hpp>

#include <algorithm>
#include <set>
#include <utility>

namespace berth::kube {

struct cron_job_controller::sync {
    reconcile::seen<cron_job> self;
    cron_job next; ///< what it becomes
    scheduled_jobs jobs;
    memory before;
    memory after;
    reconcile::plan plan;
    std::vector<reconcile::note> news; ///< of the write of the status
    std::optional<job> made;

    /// Something that has changed.
    auto tell(std::string reason, std::string message) -> void {
        news.push_back(
            {reconcile::reference(self.ref().object), "Normal", std::move(reason), std::move(message)});
    }
    /// Something that holds, told once. `about`: what makes it another one.
    auto tell_once(std::string type, std::string reason, std::string message, std::string const& about = {})
        -> void {
        auto key = reason + " " + about + " " + message;
        auto const known = std::find(before.told.begin(), before.told.end(), key) != before.told.end();
        after.told.push_back(std::move(key));
        if (!known)
            news.push_back({reconcile::reference(self.ref().object), std::move(type), std::move(reason),
                            std::move(message), reconcile::note::when::always});
    }
    auto look_again(zoned_schedule const& schedule, time_point now) -> void {
        if (auto const left = time_to_next(next, schedule, now)) plan.look_again(*left);
    }
};

} // namespace berth::kube

namespace berth::kube::detail {

/// The index of jobs by the names of the cron jobs that control them.
inline constexpr auto jobs_by_cron_job = std::string_view("cron job");

inline auto cron_job_of(job const& j) -> std::optional<std::string> {
    auto const* const owner = object::controller_of(j.metadata);
    if (owner == nullptr || owner->kind != cron_job::resource.kind) return std::nullopt;
    return object::key{j.metadata.namespace_, owner->name}.to_string();
}

inline auto jobs_of(reconcile::snapshot const& world, object::key const& k) -> scheduled_jobs {
    auto out = scheduled_jobs();
    for (auto const j : world.where<job>(jobs_by_cron_job, k.to_string())) out.push_back(j);
    std::sort(out.begin(), out.end(),
              [](auto const& a, auto const& b) { return a->metadata.name < b->metadata.name; });
    return out;
}

inline auto ended_as(job const& j) -> std::string {
    return has_condition(j, "Complete") ? "Complete" : "Failed";
}

/// Tells when a job last succeeded, if that was later than is told.
inline auto tell_success(cron_job_status& s, job const& j) -> void {
    auto const& at = j.status.completion_time;
    if (at && (!s.last_successful_time || *at > *s.last_successful_time)) s.last_successful_time = at;
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto cron_job_controller::indexes() -> std::vector<reconcile::index> {
    return {reconcile::index_of<job>(std::string(detail::jobs_by_cron_job), detail::cron_job_of)};
}

BERTH_DECL auto cron_job_controller::reconcile(reconcile::snapshot const& world, object::key const& k,
                                               memory const& before) const -> reconcile::decision<memory> {
    auto const c = world.get<cron_job>(k);
    if (!c) return {};
    auto s = sync{c, *c, detail::jobs_of(world, k), before, {}, {}, {}, {}};
    auto const outdated = outdated_jobs(c->spec, s.jobs);
    for (auto const& j : outdated) unlist(s.next.status, j->metadata.uid);
    take_in_started(world, before, s);
    look_at_jobs(s);
    look_for_missing(world, s);
    start_if_due(world, s);
    s.plan.update_status(c, s.next);
    for (auto& n : s.news) s.plan.tell(std::move(n));
    if (s.made) {
        s.plan.create(*std::move(s.made));
        s.plan.tell(c, "SuccessfulCreate", "Created job {name}");
        s.plan.warn(c, "FailedCreate", "Error creating job: {error}", reconcile::note::when::failed);
    }
    for (auto const& j : outdated) remove(j, s);
    return {std::move(s.plan), std::move(s.after)};
}

/// The job that the last plan made is told to be active, late though it may be by now.
BERTH_DECL auto cron_job_controller::take_in_started(reconcile::snapshot const& world, memory const& before,
                                                     sync& s) -> void {
    if (!before.started) return;
    auto const j = world.get<job>(s.next.metadata.namespace_, job_name_at(s.next, *before.started));
    if (!j || !reconcile::is_controlled_by(j->metadata, s.next.metadata.uid)) return;
    if (!is_listed(s.next.status, j->metadata.uid)) enlist(s.next.status, j);
    s.next.status.last_schedule_time = object::timestamp(*before.started);
}

BERTH_DECL auto cron_job_controller::look_at_jobs(sync& s) -> void {
    for (auto const& j : s.jobs) {
        auto const& m = j->metadata;
        auto const listed = is_listed(s.next.status, m.uid);
        if (!listed && !is_finished(*j)) {
            s.tell_once("Warning", "UnexpectedJob",
                        "Saw a job that the controller did not create or forgot: " + m.name);
        } else if (listed && is_finished(*j)) {
            unlist(s.next.status, m.uid);
            s.tell("SawCompletedJob",
                   "Saw completed job: " + m.name + ", condition: " + detail::ended_as(*j));
        } else if (has_condition(*j, "Complete")) {
            detail::tell_success(s.next.status, *j);
        }
    }
}

BERTH_DECL auto cron_job_controller::look_for_missing(reconcile::snapshot const& world, sync& s) -> void {
    auto mine = std::set<std::string_view>();
    for (auto const& j : s.jobs) mine.insert(j->metadata.uid);
    erase_if(s.next.status.active, [&](object_reference const& r) {
        if (mine.contains(r.uid) || world.get<job>(r.namespace_, r.name)) return false;
        s.tell("MissingJob", "Active job went missing: " + r.name);
        return true;
    });
}

BERTH_DECL auto cron_job_controller::start_if_due(reconcile::snapshot const& world, sync& s) const -> void {
    auto const& spec = s.next.spec;
    if (s.next.metadata.deleting()) return;
    if (spec.time_zone)
        if (auto const zone = zones(*spec.time_zone); !zone)
            return s.tell_once("Warning", "UnknownTimeZone",
                               "invalid timeZone: " + object::detail::go_quoted(*spec.time_zone) + ": " +
                                   zone.error().message);
    if (spec.suspend.value_or(false)) return;
    if (names_zone(spec))
        s.tell_once("Warning", "UnsupportedSchedule",
                    "CRON_TZ or TZ used in schedule " + object::detail::go_quoted(spec.schedule) +
                        " is not officially supported, see "
                        "https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/ for more "
                        "details");
    auto const schedule = read_schedule(spec, zones);
    if (!schedule)
        return s.tell_once("Warning", "UnparseableSchedule",
                           "unparseable schedule: " + object::detail::go_quoted(spec.schedule) + " : " +
                               schedule.error().message);
    auto const now = world.now();
    auto const missed = missed_starts_of(s.next, *schedule, now, true);
    if (missed.never)
        return s.tell_once("Warning", "InvalidSchedule",
                           "invalid schedule: " + spec.schedule +
                               " : time difference between two schedules is less than 1 second");
    if (missed.latest && missed.count > many_missed_starts)
        s.tell_once("Warning", "TooManyMissedTimes",
                    "too many missed start times. Set or decrease .spec.startingDeadlineSeconds or check "
                    "clock skew");
    if (missed.latest) start(world, *missed.latest, s);
    s.look_again(*schedule, now);
}

BERTH_DECL auto cron_job_controller::start(reconcile::snapshot const& world, time_point due, sync& s) const
    -> void {
    auto const& spec = s.next.spec;
    auto& status = s.next.status;
    auto const text = object::timestamp(due).to_string();
    if (auto const limit = spec.starting_deadline_seconds; limit && due + seconds(*limit) < world.now())
        return s.tell_once("Warning", "MissSchedule", "Missed scheduled time to start a job: " + text);
    auto const wanted = job_name_at(s.next, due);
    auto const is_it = [&](object_reference const& r) { return r.name == wanted; };
    if (std::any_of(status.active.begin(), status.active.end(), is_it)) return;
    if (status.last_schedule_time == object::timestamp(due)) return;
    if (spec.concurrency_policy == "Forbid" && !status.active.empty())
        return s.tell_once(
            "Normal", "JobAlreadyActive",
            "Not starting job because prior execution is running and concurrency policy is Forbid", text);
    if (spec.concurrency_policy == "Replace") replace_active(world, s);
    if (auto const there = world.get<job>(s.next.metadata.namespace_, wanted)) {
        if (!reconcile::is_controlled_by(there->metadata, s.next.metadata.uid)) return;
        enlist(status, there);
        status.last_schedule_time = object::timestamp(due);
        return;
    }
    s.made = new_job(s.next, due, zones(spec.time_zone ? *spec.time_zone : "").value_or(object::time_zone()));
    s.after.started = due;
}

BERTH_DECL auto cron_job_controller::replace_active(reconcile::snapshot const& world, sync& s) -> void {
    auto running = scheduled_jobs();
    for (auto const& r : s.next.status.active)
        if (auto const j = world.get<job>(r.namespace_, r.name)) running.push_back(j);
    for (auto const& j : running) remove(j, s);
    s.next.status.active.clear();
}

BERTH_DECL auto cron_job_controller::remove(reconcile::seen<job> j, sync& s) -> void {
    s.plan.remove(j, {.policy = api::propagation::background, .any_revision = true});
    s.plan.tell(s.self, "SuccessfulDelete", "Deleted job " + j->metadata.name);
    s.plan.warn(s.self, "FailedDelete", "Deleted job: {error}", reconcile::note::when::failed);
}

} // namespace berth::kube
