#pragma once

/// \file
/// One look at a deployment: its sets are sized, made and cleaned up, its status is computed
/// (kubernetes 1.36, `pkg/controller/deployment/{sync,rolling,recreate}.go`).

#include <berth/kube/apps/deployment/controller/revision.hpp>
#include <berth/kube/core/pod/state.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace berth::kube::detail {

/// Goes through the motions of the controller on copies of the objects, and then writes what has changed.
class deployment_sync {
public:
    deployment_sync(reconcile::snapshot const& world, reconcile::seen<deployment> seen,
                    object::selector const& selector, std::vector<reconcile::seen<replica_set>> const& sets)
        : world_(world), seen_(seen), selector_(selector), d_(*seen), sets_(sort_out(d_, sets)) {}

    auto run(reconcile::plan& plan) -> void {
        decide();
        write(plan);
        look_again(plan);
    }

private:
    auto now() const -> time_point { return world_.now(); }

    auto decide() -> void {
        if (d_.metadata.deleting()) {
            settle_current();
            d_.status = counted_status(d_, sets_, now());
            return;
        }
        settle_pause();
        if (settle_current(); d_.spec.paused || is_scaled()) return only_scale();
        if (is_rolling(d_)) roll();
        else recreate();
    }

    auto settle_pause() -> void {
        if (!has_deadline(d_)) return;
        auto const* const c = object::find_condition(d_.status.conditions, "Progressing");
        if (c != nullptr && c->reason == "ProgressDeadlineExceeded") return;
        auto const said = c != nullptr && c->reason == "DeploymentPaused";
        if (d_.spec.paused && !said) say("Unknown", "DeploymentPaused", "Deployment is paused");
        else if (!d_.spec.paused && said) say("Unknown", "DeploymentResumed", "Deployment is resumed");
    }
    auto say(std::string status, std::string reason, std::string message) -> void {
        set_condition(d_.status, new_deployment_condition("Progressing", std::move(status), std::move(reason),
                                                          std::move(message), now()));
    }

    // ---- the set of the template
    // ---------------------------------------------------------------------------------

    /// The existing set of the template gets its annotations; when it has them, the deployment gets its
    /// revision.
    auto settle_current() -> void {
        if (sets_.current.empty()) return;
        auto& set = sets_.current.front().now;
        auto const annotated = annotate_current(d_, set, next_revision(sets_));
        if (annotated || set.spec.min_ready_seconds != d_.spec.min_ready_seconds) {
            set.spec.min_ready_seconds = d_.spec.min_ready_seconds;
            return;
        }
        take_revision(set.metadata.annotations.get(revision_annotation));
        if (has_deadline(d_) && object::find_condition(d_.status.conditions, "Progressing") == nullptr)
            say("True", "FoundNewReplicaSet", "Found new replica set \"" + set.metadata.name + "\"");
    }
    auto take_revision(std::string const& revision) -> void {
        if (d_.metadata.annotations.get(revision_annotation) != revision)
            d_.metadata.annotations[revision_annotation] = revision;
    }

    /// Makes the set of the template if there is none. Says no if its name is taken: then it gets another one
    /// next time.
    auto ensure_current() -> bool {
        if (!sets_.current.empty()) return true;
        auto made = made_set(d_, sets_);
        if (world_.get<replica_set>(made.metadata.where())) {
            d_.status.collision_count = d_.status.collision_count.value_or(0) + 1;
            return false;
        }
        tell_of_failure(made.metadata.name);
        take_revision(made.metadata.annotations.get(revision_annotation));
        if (has_deadline(d_))
            say("True", "NewReplicaSetCreated", "Created new replica set \"" + made.metadata.name + "\"");
        sets_.current.emplace_back(std::move(made));
        return true;
    }
    /// The last attempt may have failed. That is said before another one, which may fail as well.
    auto tell_of_failure(std::string const& set) -> void {
        for (auto const& f : world_.failures()) {
            if (!std::holds_alternative<reconcile::create_step>(f.what)) continue;
            failure_ = "Failed to create new replica set \"" + set + "\": " + f.why.message;
            failed_ = d_;
            if (has_deadline(d_))
                set_condition(failed_.status,
                              new_deployment_condition("Progressing", "False", "ReplicaSetCreateError",
                                                       failure_, now()));
        }
    }

    // ---- sizes
    // ---------------------------------------------------------------------------------------------------

    /// Whether the wanted number has changed since the sets were sized.
    auto is_scaled() const -> bool {
        auto scaled = false;
        sets_.for_each([&](owned_set const& s) {
            auto const desired = annotated_number(s.now.metadata, desired_annotation);
            scaled = scaled || (s.size() > 0 && desired && *desired != wanted_of(d_));
        });
        return scaled;
    }

    auto only_scale() -> void {
        scale();
        if (d_.spec.paused) clean_up();
        d_.status = counted_status(d_, sets_, now());
    }

    auto scale() -> void {
        auto active = active_of(sets_.old);
        for (auto* const s : active_of(sets_.current)) active.push_back(s);
        if (active.size() < 2) {
            if (auto* const only = active.empty() ? latest() : active.front()) resize(*only, wanted_of(d_));
        } else if (!sets_.current.empty() && is_saturated(sets_.current.front())) {
            for (auto* const s : active_of(sets_.old)) resize(*s, 0);
        } else if (is_rolling(d_)) {
            resize_in_proportion(d_, active);
            for (auto* const s : active) annotate_sizes(d_, s->now);
        }
    }
    auto latest() -> owned_set* {
        if (!sets_.current.empty()) return &sets_.current.front();
        return sets_.old.empty() ? nullptr : &sets_.old.back();
    }
    auto is_saturated(owned_set const& s) const -> bool {
        auto const wanted = wanted_of(d_);
        return s.size() == wanted && annotated_number(s.now.metadata, desired_annotation) == wanted &&
               s.available() == wanted;
    }
    auto resize(owned_set& s, std::int32_t size) -> bool {
        if (s.size() == size) return false;
        s.now.spec.replicas = size;
        annotate_sizes(d_, s.now);
        return true;
    }

    // ---- strategies
    // ----------------------------------------------------------------------------------------------

    auto roll() -> void {
        if (!ensure_current()) return;
        auto& current = sets_.current.front();
        auto const wanted = wanted_of(d_);
        auto const size =
            current.size() > wanted ? wanted : new_set_size(d_, current.size(), total_size(sets_.old));
        auto const grown = !current.is_made() && resize(current, size);
        auto const before = total_size(sets_.old);
        if (!grown) shrink_old(d_, current, sets_.old);
        for (auto* const s : resized(sets_.old)) annotate_sizes(d_, s->now);
        if (!grown && before == total_size(sets_.old) && is_complete(d_, d_.status)) clean_up();
        d_.status = rollout_status(d_, sets_, now());
    }
    static auto resized(std::vector<owned_set>& sets) -> std::vector<owned_set*> {
        auto out = std::vector<owned_set*>();
        for (auto& s : sets)
            if (s.before && s.size() != s.before->spec.replicas.value_or(1)) out.push_back(&s);
        return out;
    }

    auto recreate() -> void {
        auto shrunk = false;
        for (auto* const s : active_of(sets_.old)) shrunk = resize(*s, 0) || shrunk;
        if (!shrunk && !old_pods_run()) {
            if (!ensure_current()) return;
            resize(sets_.current.front(), wanted_of(d_));
            if (is_complete(d_, d_.status)) clean_up();
        }
        d_.status = rollout_status(d_, sets_, now());
    }
    auto old_pods_run() const -> bool {
        for (auto const& s : sets_.old) {
            if (s.now.status.replicas > 0) return true;
            for (auto const p : world_.owned_by<pod>(s.now.metadata.uid))
                if (!is_finished(*p) && selector_.matches(p->metadata.labels)) return true;
        }
        return false;
    }

    /// Old sets without pods go, the lowest revisions first, down to the limit of the history.
    auto clean_up() -> void {
        if (!d_.spec.revision_history_limit) return;
        auto sets = std::vector<owned_set const*>();
        for (auto const& s : sets_.old)
            if (!s.now.metadata.deleting()) sets.push_back(&s);
        auto const surplus = std::ssize(sets) - *d_.spec.revision_history_limit;
        std::sort(sets.begin(), sets.end(), [](auto const* a, auto const* b) {
            auto const x = annotated_number(a->now.metadata, revision_annotation).value_or(0);
            auto const y = annotated_number(b->now.metadata, revision_annotation).value_or(0);
            return x != y ? x < y : older(*a, *b);
        });
        for (auto i = std::ptrdiff_t{0}; i < surplus; ++i) {
            auto const& s = *sets[static_cast<std::size_t>(i)];
            auto const idle = s.now.status.replicas == 0 && s.size() == 0 &&
                              s.now.metadata.generation <= s.now.status.observed_generation;
            if (idle) surplus_.push_back(s.before);
        }
    }

    // ---- the plan
    // ------------------------------------------------------------------------------------------------

    auto write(reconcile::plan& plan) const -> void {
        if (!failure_.empty()) {
            plan.update_status(seen_, failed_);
            plan.warn(seen_, "ReplicaSetCreateError", failure_);
        }
        for (auto const& s : sets_.current) write_set(s, plan);
        for (auto const& s : sets_.old) write_set(s, plan);
        for (auto const& s : surplus_) plan.remove(s);
        plan.update_status(seen_, d_);
    }
    auto write_set(owned_set const& s, reconcile::plan& plan) const -> void {
        if (s.is_made()) {
            plan.create(s.now);
            if (s.size() > 0) tell_of_size(s, 0, plan);
            return;
        }
        if (std::any_of(surplus_.begin(), surplus_.end(),
                        [&](auto const& r) { return r.get() == s.before.get(); }))
            return;
        plan.update(s.before, s.now);
        auto const from = s.before->spec.replicas.value_or(1);
        if (from != s.size()) tell_of_size(s, from, plan);
    }
    auto tell_of_size(owned_set const& s, std::int32_t from, reconcile::plan& plan) const -> void {
        plan.tell(seen_, "ScalingReplicaSet",
                  std::string("Scaled ") + (s.size() > from ? "up" : "down") + " replica set " +
                      s.now.metadata.name + " from " + std::to_string(from) + " to " +
                      std::to_string(s.size()));
    }

    /// The progress deadline passes without anybody telling.
    auto look_again(reconcile::plan& plan) const -> void {
        auto const* const c = object::find_condition(d_.status.conditions, "Progressing");
        if (!has_deadline(d_) || c == nullptr || d_.spec.paused) return;
        if (c->reason == "NewReplicaSetAvailable" || c->reason == "ProgressDeadlineExceeded") return;
        auto const due =
            c->last_update_time.time() + seconds(*d_.spec.progress_deadline_seconds + std::int64_t{1});
        if (due > now()) plan.look_again(due - now());
    }

    reconcile::snapshot const& world_;
    reconcile::seen<deployment> seen_;
    object::selector const& selector_;
    deployment d_;
    rollout_sets sets_;
    deployment failed_; ///< how it stands after a failure, if `failure_` is not empty
    std::string failure_;
    std::vector<reconcile::seen<replica_set>> surplus_;
};

} // namespace berth::kube::detail
