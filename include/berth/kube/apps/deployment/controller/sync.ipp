#pragma once

/// \file
/// The bodies of `berth/kube/apps/deployment/controller/sync.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/apps/deployment/controller/sync.hpp>

#include <algorithm>

namespace berth::kube::detail {

BERTH_DECL auto deployment_sync::run(reconcile::plan& plan) -> void {
    decide();
    write(plan);
    look_again(plan);
}

BERTH_DECL auto deployment_sync::decide() -> void {
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

BERTH_DECL auto deployment_sync::settle_pause() -> void {
    if (!has_deadline(d_)) return;
    auto const* const c = object::find_condition(d_.status.conditions, "Progressing");
    if (c != nullptr && c->reason == "ProgressDeadlineExceeded") return;
    auto const said = c != nullptr && c->reason == "DeploymentPaused";
    if (d_.spec.paused && !said) say("Unknown", "DeploymentPaused", "Deployment is paused");
    else if (!d_.spec.paused && said) say("Unknown", "DeploymentResumed", "Deployment is resumed");
}

BERTH_DECL auto deployment_sync::settle_current() -> void {
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

BERTH_DECL auto deployment_sync::take_revision(std::string const& revision) -> void {
    if (d_.metadata.annotations.get(revision_annotation) != revision)
        d_.metadata.annotations[revision_annotation] = revision;
}

BERTH_DECL auto deployment_sync::ensure_current() -> bool {
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

BERTH_DECL auto deployment_sync::tell_of_failure(std::string const& set) -> void {
    for (auto const& f : world_.failures()) {
        if (!std::holds_alternative<reconcile::create_step>(f.what)) continue;
        failure_ = "Failed to create new replica set \"" + set + "\": " + f.why.message;
        failed_ = d_;
        if (has_deadline(d_))
            set_condition(failed_.status, new_deployment_condition("Progressing", "False",
                                                                   "ReplicaSetCreateError", failure_, now()));
    }
}

BERTH_DECL auto deployment_sync::is_scaled() const -> bool {
    auto scaled = false;
    sets_.for_each([&](owned_set const& s) {
        auto const desired = annotated_number(s.now.metadata, desired_annotation);
        scaled = scaled || (s.size() > 0 && desired && *desired != wanted_of(d_));
    });
    return scaled;
}

BERTH_DECL auto deployment_sync::only_scale() -> void {
    scale();
    if (d_.spec.paused) clean_up();
    d_.status = counted_status(d_, sets_, now());
}

BERTH_DECL auto deployment_sync::scale() -> void {
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

BERTH_DECL auto deployment_sync::is_saturated(owned_set const& s) const -> bool {
    auto const wanted = wanted_of(d_);
    return s.size() == wanted && annotated_number(s.now.metadata, desired_annotation) == wanted &&
           s.available() == wanted;
}

BERTH_DECL auto deployment_sync::resize(owned_set& s, std::int32_t size) -> bool {
    if (s.size() == size) return false;
    s.now.spec.replicas = size;
    annotate_sizes(d_, s.now);
    return true;
}

BERTH_DECL auto deployment_sync::roll() -> void {
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

BERTH_DECL auto deployment_sync::resized(std::vector<owned_set>& sets) -> std::vector<owned_set*> {
    auto out = std::vector<owned_set*>();
    for (auto& s : sets)
        if (s.before && s.size() != s.before->spec.replicas.value_or(1)) out.push_back(&s);
    return out;
}

BERTH_DECL auto deployment_sync::recreate() -> void {
    auto shrunk = false;
    for (auto* const s : active_of(sets_.old)) shrunk = resize(*s, 0) || shrunk;
    if (!shrunk && !old_pods_run()) {
        if (!ensure_current()) return;
        resize(sets_.current.front(), wanted_of(d_));
        if (is_complete(d_, d_.status)) clean_up();
    }
    d_.status = rollout_status(d_, sets_, now());
}

BERTH_DECL auto deployment_sync::old_pods_run() const -> bool {
    for (auto const& s : sets_.old) {
        if (s.now.status.replicas > 0) return true;
        for (auto const p : world_.owned_by<pod>(s.now.metadata.uid))
            if (!is_finished(*p) && selector_.matches(p->metadata.labels)) return true;
    }
    return false;
}

BERTH_DECL auto deployment_sync::clean_up() -> void {
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

BERTH_DECL auto deployment_sync::write(reconcile::plan& plan) const -> void {
    if (!failure_.empty()) {
        plan.update_status(seen_, failed_);
        plan.warn(seen_, "ReplicaSetCreateError", failure_);
    }
    for (auto const& s : sets_.current) write_set(s, plan);
    for (auto const& s : sets_.old) write_set(s, plan);
    for (auto const& s : surplus_) plan.remove(s);
    plan.update_status(seen_, d_);
}

BERTH_DECL auto deployment_sync::write_set(owned_set const& s, reconcile::plan& plan) const -> void {
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

BERTH_DECL auto deployment_sync::tell_of_size(owned_set const& s, std::int32_t from,
                                              reconcile::plan& plan) const -> void {
    plan.tell(seen_, "ScalingReplicaSet",
              std::string("Scaled ") + (s.size() > from ? "up" : "down") + " replica set " +
                  s.now.metadata.name + " from " + std::to_string(from) + " to " + std::to_string(s.size()));
}

BERTH_DECL auto deployment_sync::look_again(reconcile::plan& plan) const -> void {
    auto const* const c = object::find_condition(d_.status.conditions, "Progressing");
    if (!has_deadline(d_) || c == nullptr || d_.spec.paused) return;
    if (c->reason == "NewReplicaSetAvailable" || c->reason == "ProgressDeadlineExceeded") return;
    auto const due =
        c->last_update_time.time() + seconds(*d_.spec.progress_deadline_seconds + std::int64_t{1});
    if (due > now()) plan.look_again(due - now());
}

} // namespace berth::kube::detail
