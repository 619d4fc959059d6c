#pragma once

/// \file
/// The bodies of `berth/kube/apps/stateful_set/controller/sync.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/apps/stateful_set/controller/sync.hpp>
#include <berth/kube/control/pod_steps.hpp>

#include <algorithm>
#include <iterator>

namespace berth::kube::detail {

inline auto is_running_and_ready(pod const& p) -> bool { return p.status.phase == "Running" && is_ready(p); }

inline auto revision_label(pod const& p) -> std::string { return p.metadata.labels.get(revision_hash_label); }

BERTH_DECL stateful_sync::stateful_sync(reconcile::snapshot const& world, reconcile::seen<stateful_set> seen,
                                        std::vector<reconcile::seen<pod>> pods, seen_revisions sorted)
    : world_(world),
      seen_(seen),
      set_(*seen),
      pods_(std::move(pods)),
      sorted_(std::move(sorted)),
      ordinals_(ordinals_of(set_)),
      ordered_(set_.spec.pod_management_policy != "Parallel") {
    for (auto const& p : pods_) {
        auto const n = ordinal_of(set_, p->metadata.name);
        if (n && ordinals_.contains(*n)) wanted_.emplace(*n, p);
        else if (n) surplus_.emplace(*n, p);
    }
}

BERTH_DECL auto stateful_sync::run(reconcile::plan& plan) -> void {
    revisions_ = choose_revisions(world_, set_, sorted_, plan);
    if (set_.metadata.deleting()) {
        for (auto const& p : pods_) count(*p);
    } else {
        for (auto const& [n, p] : wanted_) count(*p);
        for (auto const& [n, p] : surplus_) count(*p);
        act();
    }
    write_status(plan);
    std::move(work_.steps.begin(), work_.steps.end(), std::back_inserter(plan.steps));
    truncate(plan);
    look_again_when_available(plan, pods_, set_.spec.min_ready_seconds, world_.now());
}

BERTH_DECL auto stateful_sync::act() -> void {
    if (!tend_wanted()) return;
    for (auto const& [n, p] : surplus_) settle_claims(context_of(*p, true), n);
    if (!retire()) return;
    if (set_.spec.update_strategy.type != "OnDelete") roll();
}

BERTH_DECL auto stateful_sync::tend_wanted() -> bool {
    auto made = std::int64_t{0};
    auto goes_on = true;
    for (auto n = ordinals_.first; n < ordinals_.past && made < burst; ++n) {
        auto const p = find(n);
        if (p) goes_on = tend(p, n) && goes_on;
        else if (make(n)) ++made;
        else goes_on = false;
        if (ordered_ && (!p || !goes_on)) return false;
    }
    return made < burst && !stuck_;
}

BERTH_DECL auto stateful_sync::make(std::int64_t ordinal) -> bool {
    auto const name = pod_name(set_, ordinal);
    if (world_.get<pod>(set_.metadata.namespace_, name)) return false;
    auto const of = claim_context{set_, name, {}, false};
    if (drops_claims_when_scaled(set_))
        for (auto const& t : set_.spec.volume_claim_templates) {
            auto const c =
                world_.get<persistent_volume_claim>(set_.metadata.namespace_, claim_name(set_, t, ordinal));
            if (c && is_stale(*c, of)) return false;
        }
    if (!make_claims(of, ordinal)) return false;
    auto const& revision = wants_current(ordinal) ? revisions_.current : revisions_.update;
    work_.create(made_pod(set_, template_for(ordinal), revision.metadata.name, ordinal));
    tell_of_pod("create", "Create", name);
    settle_claims(of, ordinal);
    return true;
}

BERTH_DECL auto stateful_sync::tend(seen_pod p, std::int64_t ordinal) -> bool {
    auto const leaving = p->metadata.deleting();
    if (is_finished(*p)) {
        if (!leaving) remove(p);
        return false;
    }
    if (p->status.phase == "Pending" && !make_claims(context_of(*p, false), ordinal)) return false;
    if (ordered_ && (leaving || !is_running_and_ready(*p) || !is_usable(*p))) {
        if (p->status.phase == "Pending") settle_claims(context_of(*p, false), ordinal);
        return false;
    }
    put_right(p, ordinal);
    return true;
}

BERTH_DECL auto stateful_sync::put_right(seen_pod p, std::int64_t ordinal) -> void {
    auto right = with_identity(set_, *p, ordinal);
    if (right.spec.volumes != p->spec.volumes && !make_claims(context_of(*p, false), ordinal)) return;
    settle_claims(context_of(*p, false), ordinal);
    if (right == *p) return;
    work_.update(p, std::move(right));
    tell_of_pod("update", "Update", p->metadata.name);
}

BERTH_DECL auto stateful_sync::wants_current(std::int64_t ordinal) const -> bool {
    auto const& strategy = set_.spec.update_strategy;
    if (strategy.type != "RollingUpdate") return false;
    auto const kept = strategy.rolling_update ? strategy.rolling_update->partition.value_or(0)
                                              : set_.status.current_replicas;
    return ordinal < ordinals_.first + kept;
}

BERTH_DECL auto stateful_sync::template_for(std::int64_t ordinal) const -> pod_template_spec {
    auto const same = revisions_.current.metadata.name == revisions_.update.metadata.name;
    if (same || !wants_current(ordinal)) return set_.spec.template_;
    return restored_template(set_.spec.template_, revisions_.current).value_or(set_.spec.template_);
}

BERTH_DECL auto stateful_sync::make_claims(claim_context const& of, std::int64_t ordinal) -> bool {
    auto all_there = true;
    for (auto const& t : set_.spec.volume_claim_templates) {
        auto claim = made_claim(set_, t, ordinal);
        if (auto const there = world_.get<persistent_volume_claim>(claim.metadata.where()); there) {
            all_there = all_there && !there->metadata.deleting();
            continue;
        }
        auto const name = claim.metadata.name;
        work_.create(rightly_owned(std::move(claim), of));
        tell_of_claim(name, std::string(of.pod));
    }
    stuck_ = stuck_ || !all_there;
    return all_there;
}

BERTH_DECL auto stateful_sync::settle_claims(claim_context const& of, std::int64_t ordinal) -> void {
    for (auto const& t : set_.spec.volume_claim_templates) {
        auto const name = claim_name(set_, t, ordinal);
        auto const c = world_.get<persistent_volume_claim>(set_.metadata.namespace_, name);
        if (!c || is_owned_rightly(*c, of)) continue;
        if (has_foreign_controller(*c, of))
            work_.warn(seen_, "ConflictingController",
                       "PersistentVolumeClaim " + name +
                           " has a conflicting OwnerReference that acts as a managing controller, the "
                           "retention policy is ignored for this claim");
        work_.update(c, rightly_owned(*c, of));
    }
}

BERTH_DECL auto stateful_sync::retire() -> bool {
    auto first_unusable = seen_pod();
    for (auto const& [n, p] : surplus_)
        if (is_missing(p)) first_unusable = p;
    for (auto const& [n, p] : surplus_) {
        if (p->metadata.deleting()) {
            if (ordered_) return false;
            continue;
        }
        auto const usable = is_running_and_ready(*p) && is_usable(*p);
        if (ordered_ && !usable && p.get() != first_unusable.get()) return false;
        remove(p);
        if (ordered_) return false;
    }
    return true;
}

BERTH_DECL auto stateful_sync::roll() -> void {
    auto const& rolling = set_.spec.update_strategy.rolling_update;
    if (!rolling || !rolling->max_unavailable) return roll_one();
    auto const most =
        rolling->max_unavailable->scaled(ordinals_.past - ordinals_.first, object::rounding::down);
    if (most) roll_several(std::max(*most, std::int64_t{1}));
}

BERTH_DECL auto stateful_sync::roll_one() -> void {
    auto const& rolling = set_.spec.update_strategy.rolling_update;
    auto const last = ordinals_.first + (rolling ? rolling->partition.value_or(0) : 0);
    for (auto n = ordinals_.past - 1; n >= last; --n) {
        auto const p = find(n);
        if (p && is_outdated(p)) return replace(p);
        if (is_missing(p)) return;
    }
}

BERTH_DECL auto stateful_sync::roll_several(std::int64_t most) -> void {
    auto missing = std::int64_t{0};
    for (auto n = ordinals_.first; n < ordinals_.past; ++n) missing += is_missing(find(n)) ? 1 : 0;
    auto const last = ordinals_.first + set_.spec.update_strategy.rolling_update->partition.value_or(0);
    for (auto n = ordinals_.past - 1; n >= last && missing < most; --n) {
        auto const p = find(n);
        if (!p || !is_outdated(p)) continue;
        replace(p);
        ++missing;
    }
}

BERTH_DECL auto stateful_sync::is_outdated(seen_pod p) const -> bool {
    return revision_label(*p) != revisions_.update.metadata.name && !p->metadata.deleting();
}

BERTH_DECL auto stateful_sync::replace(seen_pod p) -> void {
    if (!gone_.contains(p->metadata.name)) remove(p);
    if (revision_label(*p) == revisions_.current.metadata.name) --status_.current_replicas;
}

BERTH_DECL auto stateful_sync::remove(seen_pod p) -> void {
    work_.remove(p, {.any_revision = true});
    tell_of_pod("delete", "Delete", p->metadata.name);
    gone_.insert(p->metadata.name);
}

BERTH_DECL auto stateful_sync::find(std::int64_t ordinal) const -> seen_pod {
    auto const found = wanted_.find(ordinal);
    return found == wanted_.end() ? seen_pod() : found->second;
}

BERTH_DECL auto stateful_sync::is_usable(pod const& p) const -> bool {
    return is_available(p, set_.spec.min_ready_seconds, world_.now());
}

BERTH_DECL auto stateful_sync::count(pod const& p) -> void {
    ++status_.replicas;
    if (is_running_and_ready(p)) {
        ++status_.ready_replicas;
        if (is_usable(p)) ++status_.available_replicas;
    }
    if (p.metadata.deleting()) return;
    auto const revision = revision_label(p);
    if (revision == revisions_.current.metadata.name) ++status_.current_replicas;
    if (revision == revisions_.update.metadata.name) ++status_.updated_replicas;
}

BERTH_DECL auto stateful_sync::complete() -> void {
    auto const wanted = set_.spec.replicas.value_or(1);
    auto& s = status_;
    if (set_.spec.update_strategy.type != "RollingUpdate" || s.updated_replicas != wanted ||
        s.ready_replicas != wanted || s.replicas != wanted)
        return;
    s.current_replicas = s.updated_replicas;
    s.current_revision = s.update_revision;
}

BERTH_DECL auto stateful_sync::is_news() const -> bool {
    auto const& before = set_.status;
    auto const& s = status_;
    return s.observed_generation > before.observed_generation || s.replicas != before.replicas ||
           s.current_replicas != before.current_replicas || s.ready_replicas != before.ready_replicas ||
           s.updated_replicas != before.updated_replicas || s.current_revision != before.current_revision ||
           s.available_replicas != before.available_replicas || s.update_revision != before.update_revision;
}

BERTH_DECL auto stateful_sync::write_status(reconcile::plan& plan) -> void {
    status_.observed_generation = set_.metadata.generation;
    status_.current_revision = revisions_.current.metadata.name;
    status_.update_revision = revisions_.update.metadata.name;
    status_.collision_count = revisions_.collisions;
    complete();
    if (!is_news()) return;
    auto after = set_;
    after.status = status_;
    plan.update_status(seen_, std::move(after));
}

BERTH_DECL auto stateful_sync::truncate(reconcile::plan& plan) const -> void {
    auto used = std::set<std::string>{revisions_.current.metadata.name, revisions_.update.metadata.name};
    for (auto const& p : pods_) used.insert(revision_label(*p));
    auto const in_use = [&](controller_revision const& r) { return used.contains(r.metadata.name); };
    auto const limit = set_.spec.revision_history_limit.value_or(10);
    auto const unused =
        std::count_if(sorted_.begin(), sorted_.end(), [&](auto const& r) { return !in_use(*r); });
    if (limit < 0) return;
    for (auto const& r : oldest_unused(sorted_, unused - limit, in_use)) plan.remove(r);
}

BERTH_DECL auto stateful_sync::tell_of_pod(std::string const& verb, std::string const& outcome,
                                           std::string const& pod) -> void {
    auto const what = verb + " Pod " + pod + " in StatefulSet " + set_.metadata.name;
    work_.tell(seen_, "Successful" + outcome, what + " successful");
    work_.warn(seen_, "Failed" + outcome, what + " failed error: {error}", reconcile::note::when::failed);
}

BERTH_DECL auto stateful_sync::tell_of_claim(std::string const& claim, std::string const& pod) -> void {
    auto const where = "Pod " + pod + " in StatefulSet " + set_.metadata.name;
    work_.tell(seen_, "SuccessfulCreate", "create Claim " + claim + " " + where + " success");
    work_.warn(seen_, "FailedCreate", "create Claim " + claim + " for " + where + " failed error: {error}",
               reconcile::note::when::failed);
}

} // namespace berth::kube::detail
