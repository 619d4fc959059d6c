#pragma once

/// \file
/// The bodies of `berth/kube/batch/job/controller.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/batch/job/controller.hpp>
#include <berth/kube/control/pod_steps.hpp>
#include <berth/object/label_selector.hpp>
#include <berth/reconcile/finalizer.hpp>

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <variant>

namespace berth::kube {

struct job_controller::sync {
    job_progress progress;
    job_status status; ///< what it becomes
    reconcile::plan plan;
    std::optional<job_ending> ending;
    job_pods victims; ///< pods to be deleted
    bool uncounted_victims = false;
    std::vector<pod> missing;
    std::vector<reconcile::note> news; ///< of the first write of the status

    [[nodiscard]] auto self() const -> reconcile::seen<job> { return progress.self; }
    auto add_news(std::string reason, std::string message) -> void {
        news.push_back(
            {reconcile::reference(self().ref().object), "Normal", std::move(reason), std::move(message)});
    }
};

} // namespace berth::kube

namespace berth::kube::detail {

/// Whether a job that goes on would take in a pod that nobody controls.
inline auto is_wanted(reconcile::snapshot const& world, pod const& p) -> bool {
    auto const keys = wanted_by<job>(world, p.metadata);
    return std::any_of(keys.begin(), keys.end(), [&](object::key const& k) {
        auto const j = world.get<job>(k);
        return !j->metadata.deleting() && !is_finished(*j);
    });
}

/// Whether a job that goes on, or somebody else who does a job's work, looks after a pod of a job.
inline auto is_looked_after(reconcile::snapshot const& world, pod const& p,
                            object::owner_reference const& owner) -> bool {
    if (owner.kind != job::resource.kind || owner.api_version != "batch/v1") return true;
    auto const j = world.get<job>(p.metadata.namespace_, owner.name);
    return j && j->metadata.uid == owner.uid && (is_managed_elsewhere(*j) || !is_finished(*j));
}

/// Whether pods could not be made when that was last tried. Then those that are to be made are not told
/// before they are there.
inline auto creation_failed(reconcile::snapshot const& world) -> bool {
    auto const failures = world.failures();
    return std::any_of(failures.begin(), failures.end(), [](reconcile::failure const& f) {
        return std::holds_alternative<reconcile::create_step>(f.what);
    });
}

/// A pod that is taken in is tracked from then on, and one that is let go no longer.
inline auto track_claimed(reconcile::plan& plan) -> void {
    for (auto& s : plan.steps) {
        auto& claimed = std::get<reconcile::update_step>(s).object;
        auto next = claimed.as<pod>();
        auto& m = next.metadata;
        if (object::controller_of(m) == nullptr) reconcile::remove_finalizer(m, job_tracking_finalizer);
        else reconcile::add_finalizer(m, job_tracking_finalizer);
        claimed = object::any_object(std::move(next));
    }
}

inline auto count_ready(job_pods const& pods) -> std::int32_t {
    return static_cast<std::int32_t>(
        std::count_if(pods.begin(), pods.end(), [](auto const& p) { return is_ready(*p); }));
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto is_managed_elsewhere(job const& j) -> bool {
    return j.spec.managed_by && *j.spec.managed_by != "kubernetes.io/job-controller";
}

BERTH_DECL auto job_controller::indexes() -> std::vector<reconcile::index> { return {orphan_index<pod>()}; }

BERTH_DECL auto job_controller::keys_for(reconcile::snapshot const& world, pod const& p) const
    -> std::vector<object::key> {
    return wanted_by<job>(world, p.metadata);
}

BERTH_DECL auto job_controller::reconcile(reconcile::snapshot const& world, object::key const& k,
                                          memory const& before) const -> reconcile::decision<memory> {
    auto const j = world.get<job>(k);
    if (!j || is_finished(*j)) return {};
    auto const selector = object::to_selector(j->spec.selector);
    if (is_managed_elsewhere(*j) || !selector || selector->empty()) return {};
    auto s = sync();
    auto pods = claim<pod>(world, *j, *selector, s.plan);
    detail::track_claimed(s.plan);
    // Whose pods they are comes first: what follows goes by that.
    if (!s.plan.empty()) return {std::move(s.plan), before};
    s.progress = progress_of(j, std::move(pods));
    auto backoff = with_ended(before, s.progress.newly_succeeded, s.progress.newly_failed);
    start(world, s);
    if (s.ending) end(s);
    else go_on(world, backoff, s);
    conclude(world, s);
    return {std::move(s.plan), std::move(backoff)};
}

BERTH_DECL auto job_controller::start(reconcile::snapshot const& world, sync& s) -> void {
    auto const& j = *s.self();
    auto& status = s.status = j.status;
    status.uncounted_terminated_pods.engage();
    if (!status.start_time && !is_suspended(j)) status.start_time = object::timestamp(world.now());
    status.active = static_cast<std::int32_t>(s.progress.active.size());
    status.ready = detail::count_ready(s.progress.active);
    status.terminating = static_cast<std::int32_t>(std::count_if(
        s.progress.pods.begin(), s.progress.pods.end(), [](auto const& p) { return is_terminating(*p); }));
    s.ending = ending_of(s.progress, status.start_time, world.now());
    if (!s.ending && j.spec.active_deadline_seconds && !is_suspended(j))
        s.plan.look_again(status.start_time->time() + seconds(*j.spec.active_deadline_seconds) - world.now());
}

BERTH_DECL auto job_controller::end(sync& s) -> void { s.victims = s.progress.active; }

BERTH_DECL auto job_controller::go_on(reconcile::snapshot const& world, memory const& backoff, sync& s)
    -> void {
    auto const managed = !s.self()->metadata.deleting();
    if (managed) {
        auto changes = changes_of(s.progress, backoff, world.now());
        s.victims = std::move(changes.surplus);
        s.uncounted_victims = true;
        s.missing = std::move(changes.missing);
        if (changes.again_after) s.plan.look_again(*changes.again_after);
    }
    auto const active = std::ssize(s.progress.active) - std::ssize(s.victims) + std::ssize(s.missing);
    s.ending = completion_of(s.progress, active);
    if (managed && !s.ending) tell_suspension(world, s);
}

BERTH_DECL auto job_controller::tell_suspension(reconcile::snapshot const& world, sync& s) -> void {
    if (is_suspended(*s.self())) {
        s.status.start_time.reset();
        if (set_condition(s.status, {"Suspended", "True", "JobSuspended", "Job suspended"}, world.now()))
            s.add_news("Suspended", "Job suspended");
    } else if (set_condition(s.status, {"Suspended", "False", "JobResumed", "Job resumed"}, world.now())) {
        // The time that it was suspended is no time in which it was active.
        s.status.start_time = object::timestamp(world.now());
        s.add_news("Resumed", "Job resumed");
    }
}

/// The order is such that the rest can be done later if a step fails: nothing is let go before it is in the
/// status, and pods that cannot be made keep nothing else from happening.
BERTH_DECL auto job_controller::conclude(reconcile::snapshot const& world, sync& s) -> void {
    auto const removed = static_cast<std::int32_t>(s.victims.size());
    s.status.active -= removed;
    *s.status.terminating += removed;
    *s.status.ready -= detail::count_ready(s.victims);
    if (!detail::creation_failed(world)) s.status.active += static_cast<std::int32_t>(s.missing.size());
    if (auto const& e = s.ending)
        set_condition(s.status, {std::string(e->interim()), "True", e->reason, e->message}, world.now());
    auto counted = tally(s.progress, s.ending, std::move(s.status));
    auto next = *s.self();
    next.status = counted.before;
    s.plan.update_status(s.self(), next);
    for (auto& n : s.news) s.plan.tell(std::move(n));
    for (auto const& p : counted.release)
        reconcile::remove_finalizer(s.plan, p.ref(), job_tracking_finalizer);
    remove_pods(s, counted.release);
    next.status = counted.after;
    if (s.ending && counted.all && next.status.terminating == 0) finish(world, s, next);
    else if (!(counted.after == counted.before)) s.plan.update_status(s.self(), std::move(next));
    create_pods(s);
}

BERTH_DECL auto job_controller::finish(reconcile::snapshot const& world, sync& s, job& next) -> void {
    auto const& e = *s.ending;
    set_condition(next.status, {std::string(e.last()), "True", e.reason, e.message}, world.now());
    if (e.success) next.status.completion_time = object::timestamp(world.now());
    auto const wanted = next.spec.completions;
    auto const too_many = wanted && next.status.succeeded > *wanted;
    s.plan.update_status(s.self(), std::move(next));
    if (!e.success) {
        s.plan.warn(s.self(), e.reason, e.message, reconcile::note::when::succeeded);
        return;
    }
    if (too_many)
        s.plan.warn(s.self(), "TooManySucceededPods",
                    "Too many succeeded pods running after completion count reached",
                    reconcile::note::when::succeeded);
    s.plan.tell(s.self(), "Completed", "Job completed");
}

BERTH_DECL auto job_controller::remove_pods(sync& s, job_pods const& released) -> void {
    auto free = std::set<std::string_view>();
    for (auto const& p : released) free.insert(p->metadata.name);
    for (auto const& p : s.victims) {
        if (s.uncounted_victims && !free.contains(p->metadata.name))
            reconcile::remove_finalizer(s.plan, p.ref(), job_tracking_finalizer);
        delete_pod(s.plan, s.self(), p);
    }
}

BERTH_DECL auto job_controller::create_pods(sync& s) -> void {
    for (auto& p : s.missing) make_pod(s.plan, s.self(), std::move(p));
}

BERTH_DECL auto job_orphan_controller::matters(reconcile::snapshot const& world, pod const& p) const -> bool {
    if (!is_tracked(p)) return false;
    auto const* const owner = object::controller_of(p.metadata);
    return owner == nullptr || !detail::is_looked_after(world, p, *owner);
}

BERTH_DECL auto job_orphan_controller::keys_for(reconcile::snapshot const& world, job const& j) const
    -> std::vector<object::key> {
    auto out = std::vector<object::key>();
    auto const now = world.get<job>(j.metadata.where());
    if (now && now->metadata.uid == j.metadata.uid && !is_finished(*now)) return out;
    for (auto const p : world.owned_by<pod>(j.metadata.uid)) out.push_back(p->metadata.where());
    return out;
}

BERTH_DECL auto job_orphan_controller::reconcile(reconcile::snapshot const& world, object::key const& k) const
    -> reconcile::plan {
    auto plan = reconcile::plan{};
    auto const p = world.get<pod>(k);
    if (!p || !is_tracked(*p)) return plan;
    if (auto const* const owner = object::controller_of(p->metadata)) {
        if (detail::is_looked_after(world, *p, *owner)) return plan;
    } else if (!p->metadata.deleting() && detail::is_wanted(world, *p)) {
        return plan;
    }
    reconcile::remove_finalizer(plan, p.ref(), job_tracking_finalizer);
    return plan;
}

} // namespace berth::kube
