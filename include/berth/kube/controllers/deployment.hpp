#pragma once

/// \file
/// Rolls the template of a deployment out over replica sets (kubernetes 1.36, `pkg/controller/deployment`).

#include <berth/kube/controllers/deployment_status.hpp>
#include <berth/kube/controllers/ownership.hpp>
#include <berth/kube/pod_state.hpp>
#include <berth/object/encode.hpp>
#include <berth/object/label_selector.hpp>

#include <algorithm>
#include <array>
#include <string>

namespace berth::kube {

namespace detail {

inline auto without_hash(pod_template_spec t) -> pod_template_spec {
    t.metadata.labels.erase(template_hash_label);
    return t;
}

/// A short name for a template: FNV-1a over its JSON and the number of collisions so far, in letters that
/// spell no words (kubernetes 1.36, `ComputeHash`, `rand.SafeEncodeString`; the text that is hashed is ours).
inline auto template_hash(pod_template_spec const& t, std::int32_t collisions) -> std::string {
    constexpr std::string_view letters = "bcdfghjklmnpqrstvwxz2456789";
    auto text = object::to_json_text(t);
    if (collisions != 0) object::append_json_number(text, collisions);
    auto hash = std::uint32_t{2166136261U};
    for (auto const c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
    auto out = std::to_string(hash);
    for (auto& c : out) c = letters[static_cast<unsigned char>(c) % letters.size()];
    return out;
}

/// Annotations of a deployment that its replica sets do not share.
inline auto is_private_annotation(std::string_view key) -> bool {
    constexpr auto keys = std::array<std::string_view, 6>{"kubectl.kubernetes.io/last-applied-configuration",
                                                          revision_annotation,
                                                          revision_history_annotation,
                                                          desired_annotation,
                                                          maximum_annotation,
                                                          "deprecated.deployment.rollback.to"};
    return std::find(keys.begin(), keys.end(), key) != keys.end();
}

/// Copies the deployment's annotations, and gives the set a revision if it has a lower one. A set that had a
/// revision before is being rolled back to: the old revision is remembered.
inline auto annotate_current(deployment const& d, replica_set& set, std::int64_t revision) -> void {
    auto& annotations = set.metadata.annotations;
    for (auto const& [key, value] : d.metadata.annotations)
        if (!is_private_annotation(key)) annotations[key] = value;
    auto const* const there = annotations.find(revision_annotation);
    if (there != nullptr && annotated_number(set.metadata, revision_annotation).value_or(0) >= revision)
        return;
    if (there != nullptr && !there->empty()) {
        auto const before = *there;
        auto& history = annotations[revision_history_annotation];
        if (history.empty()) history = before;
        else if ((',' + history + ',').find(',' + before + ',') == std::string::npos) history += "," + before;
    }
    annotations[revision_annotation] = std::to_string(revision);
}

/// The sizes that the set is part of, for scaling in proportion later.
inline auto annotate_sizes(deployment const& d, replica_set& set) -> void {
    set.metadata.annotations[desired_annotation] = std::to_string(wanted_of(d));
    set.metadata.annotations[maximum_annotation] = std::to_string(wanted_of(d) + bounds_of(d).surge);
}

} // namespace detail

/// The reconcile function of deployments.
struct deployment_controller {
    static constexpr std::string_view name = "deployment";
    using reconciles = deployment;
    using owns = reconcile::kinds<replica_set>;
    using watches = reconcile::kinds<pod>;

    static auto indexes() -> std::vector<reconcile::index> { return {orphan_index<replica_set>()}; }

    /// A set that nobody controls may be wanted by any deployment whose selector matches.
    auto keys_for(reconcile::snapshot const& world, replica_set const& r) const -> std::vector<object::key> {
        auto out = std::vector<object::key>();
        if (object::controller_of(r.metadata) != nullptr) return out;
        for (auto const d : world.all_in<deployment>(r.metadata.namespace_))
            if (auto const s = object::to_selector(d->spec.selector);
                s && !s->empty() && s->matches(r.metadata.labels))
                out.push_back(d->metadata.where());
        return out;
    }
    /// A deployment that recreates waits for its old pods to go.
    auto keys_for(reconcile::snapshot const& world, pod const& p) const -> std::vector<object::key> {
        auto const* const owner = object::controller_of(p.metadata);
        if (owner == nullptr || owner->kind != "ReplicaSet") return {};
        auto const set = world.get<replica_set>(p.metadata.namespace_, owner->name);
        auto const* const top = set ? object::controller_of(set->metadata) : nullptr;
        if (top == nullptr || top->kind != "Deployment") return {};
        auto const d = world.get<deployment>(p.metadata.namespace_, top->name);
        if (!d || is_rolling(*d)) return {};
        return {d->metadata.where()};
    }

    auto reconcile(reconcile::snapshot const& world, object::key const& k) const -> reconcile::plan {
        auto plan = reconcile::plan{};
        auto const seen = world.get<deployment>(k);
        if (!seen) return plan;
        auto const selector = object::to_selector(seen->spec.selector);
        if (!selector || selector->empty()) return plan;
        auto d = *seen;
        auto sets = sort_out(d, claim<replica_set>(world, d, *selector, plan));
        if (d.metadata.deleting()) {
            d.status = counted_status(d, sets, world.now());
            plan.update_status(seen, std::move(d));
            return plan;
        }
        settle_pause(d, world.now());
        auto created = decide(world, d, sets, plan);
        write_sets(d, seen, sets, plan);
        if (created) {
            plan.create(*created);
            plan.tell(seen, "ScalingReplicaSet",
                      scaled_text(created->metadata.name, 0, created->spec.replicas.value_or(0)));
        }
        plan.update_status(seen, d);
        look_again(world, d, plan);
        return plan;
    }

private:
    /// Which set has the deployment's template (the oldest that has it), and which are old.
    static auto sort_out(deployment const& d, std::vector<reconcile::seen<replica_set>> const& all)
        -> rollout_sets {
        auto out = rollout_sets{};
        for (auto const& s : all) out.old.emplace_back(s);
        std::sort(out.old.begin(), out.old.end(), &detail::older);
        auto const wanted = detail::without_hash(d.spec.template_);
        for (auto i = out.old.begin(); i != out.old.end(); ++i) {
            if (detail::without_hash(i->now.spec.template_) != wanted) continue;
            out.current.push_back(std::move(*i));
            out.old.erase(i);
            break;
        }
        return out;
    }

    static auto settle_pause(deployment& d, time_point now) -> void {
        if (!has_deadline(d)) return;
        auto const* const c = object::find_condition(d.status.conditions, "Progressing");
        if (c != nullptr && c->reason == "ProgressDeadlineExceeded") return;
        auto const said = c != nullptr && c->reason == "DeploymentPaused";
        if (d.spec.paused && !said)
            set_condition(d.status, new_deployment_condition("Progressing", "Unknown", "DeploymentPaused",
                                                             "Deployment is paused", now));
        else if (!d.spec.paused && said)
            set_condition(d.status, new_deployment_condition("Progressing", "Unknown", "DeploymentResumed",
                                                             "Deployment is resumed", now));
    }

    /// The highest revision of the old sets, and one.
    static auto next_revision(rollout_sets const& sets) -> std::int64_t {
        auto highest = std::int64_t{0};
        for (auto const& s : sets.old)
            highest = std::max(highest, annotated_number(s.now.metadata, revision_annotation).value_or(0));
        return highest + 1;
    }

    /// Whether the wanted number has changed since the sets were sized.
    static auto is_scaled(deployment const& d, rollout_sets const& sets) -> bool {
        auto scaled = false;
        sets.for_each([&](owned_set const& s) {
            auto const desired = annotated_number(s.now.metadata, desired_annotation);
            scaled = scaled || (s.size() > 0 && desired && *desired != wanted_of(d));
        });
        return scaled;
    }

    /// Sizes the sets and computes the status; answers the set that is to be created, if one is.
    static auto decide(reconcile::snapshot const& world, deployment& d, rollout_sets& sets,
                       reconcile::plan& plan) -> std::optional<replica_set> {
        auto const scaling = d.spec.paused || is_scaled(d, sets);
        if (!sets.current.empty()) adopt_current(d, sets, world.now());
        if (scaling) {
            scale(d, sets);
            if (d.spec.paused) clean_up(d, sets, plan);
            d.status = counted_status(d, sets, world.now());
            return std::nullopt;
        }
        auto created = std::optional<replica_set>();
        if (is_rolling(d)) created = roll(d, sets, world.now());
        else created = recreate(world, d, sets);
        if (!created) {
            d.status = rollout_status(d, sets, world.now());
            if (is_complete(d, d.status)) clean_up(d, sets, plan);
        }
        return created;
    }

    /// The existing set of the template gets its annotations, and the deployment its revision.
    static auto adopt_current(deployment& d, rollout_sets& sets, time_point now) -> void {
        auto& set = sets.current.front().now;
        detail::annotate_current(d, set, next_revision(sets));
        set.spec.min_ready_seconds = d.spec.min_ready_seconds;
        d.metadata.annotations[revision_annotation] = set.metadata.annotations.get(revision_annotation);
        if (has_deadline(d) && object::find_condition(d.status.conditions, "Progressing") == nullptr)
            set_condition(d.status, new_deployment_condition(
                                        "Progressing", "True", "FoundNewReplicaSet",
                                        "Found new replica set \"" + set.metadata.name + "\"", now));
    }

    static auto new_set(deployment& d, rollout_sets const& sets, time_point now) -> replica_set {
        auto const hash = detail::template_hash(d.spec.template_, d.status.collision_count.value_or(0));
        auto out = replica_set{};
        out.metadata.name = d.metadata.name + "-" + hash;
        out.metadata.namespace_ = d.metadata.namespace_;
        out.metadata.owner_references.push_back(controlled_by(d));
        out.spec.template_ = d.spec.template_;
        out.spec.template_.metadata.labels[template_hash_label] = hash;
        out.metadata.labels = out.spec.template_.metadata.labels;
        out.spec.selector = d.spec.selector;
        out.spec.selector.engage().match_labels[template_hash_label] = hash;
        out.spec.min_ready_seconds = d.spec.min_ready_seconds;
        out.spec.replicas = new_set_size(d, 0, total_size(sets.old));
        detail::annotate_current(d, out, next_revision(sets));
        detail::annotate_sizes(d, out);
        d.metadata.annotations[revision_annotation] = out.metadata.annotations.get(revision_annotation);
        if (has_deadline(d))
            set_condition(d.status, new_deployment_condition(
                                        "Progressing", "True", "NewReplicaSetCreated",
                                        "Created new replica set \"" + out.metadata.name + "\"", now));
        return out;
    }

    /// A new set whose name is taken by another template gets another name next time.
    static auto created_set(deployment& d, rollout_sets const& sets, time_point now) -> replica_set {
        auto out = new_set(d, sets, now);
        auto conditions = std::move(d.status.conditions);
        d.status = counted_status(d, sets, now);
        d.status.conditions = std::move(conditions);
        return out;
    }

    static auto roll(deployment& d, rollout_sets& sets, time_point now) -> std::optional<replica_set> {
        if (sets.current.empty()) return created_set(d, sets, now);
        auto& current = sets.current.front();
        auto const wanted = wanted_of(d);
        auto const size =
            current.size() > wanted ? wanted : new_set_size(d, current.size(), total_size(sets.old));
        if (current.size() != size) current.now.spec.replicas = size;
        else shrink_old(d, current, sets.old);
        return std::nullopt;
    }

    static auto recreate(reconcile::snapshot const& world, deployment& d, rollout_sets& sets)
        -> std::optional<replica_set> {
        auto waits = false;
        for (auto& s : sets.old) {
            waits = waits || s.size() > 0;
            s.now.spec.replicas = 0;
            for (auto const p : world.owned_by<pod>(s.now.metadata.uid)) waits = waits || !is_finished(*p);
        }
        if (waits) return std::nullopt;
        if (sets.current.empty()) return created_set(d, sets, world.now());
        sets.current.front().now.spec.replicas = wanted_of(d);
        return std::nullopt;
    }

    /// The wanted number has changed, or the deployment is paused: no rollout, sizes only.
    static auto scale(deployment const& d, rollout_sets& sets) -> void {
        auto active = std::vector<owned_set*>();
        for (auto& s : sets.old)
            if (s.size() > 0) active.push_back(&s);
        for (auto& s : sets.current)
            if (s.size() > 0) active.push_back(&s);
        if (active.size() < 2) {
            auto* only = active.empty() ? nullptr : active.front();
            if (only == nullptr && !sets.current.empty()) only = &sets.current.front();
            if (only == nullptr && !sets.old.empty()) only = &sets.old.back();
            if (only != nullptr) only->now.spec.replicas = wanted_of(d);
            return;
        }
        if (!sets.current.empty() && is_saturated(d, sets.current.front())) {
            for (auto& s : sets.old) s.now.spec.replicas = 0;
            return;
        }
        if (is_rolling(d)) resize_in_proportion(d, std::move(active));
    }

    static auto is_saturated(deployment const& d, owned_set const& s) -> bool {
        auto const wanted = wanted_of(d);
        return s.size() == wanted && annotated_number(s.now.metadata, desired_annotation) == wanted &&
               s.available() == wanted;
    }

    /// Old sets without pods go, the lowest revisions first, down to the limit of the history.
    static auto clean_up(deployment const& d, rollout_sets& sets, reconcile::plan& plan) -> void {
        if (!d.spec.revision_history_limit) return;
        auto revisions = std::vector<owned_set const*>();
        for (auto const& s : sets.old)
            if (!s.now.metadata.deleting()) revisions.push_back(&s);
        auto const surplus = std::ssize(revisions) - *d.spec.revision_history_limit;
        std::sort(revisions.begin(), revisions.end(), [](auto const* a, auto const* b) {
            auto const x = annotated_number(a->now.metadata, revision_annotation).value_or(0);
            auto const y = annotated_number(b->now.metadata, revision_annotation).value_or(0);
            return x != y ? x < y : detail::older(*a, *b);
        });
        for (auto i = std::ptrdiff_t{0}; i < surplus; ++i) {
            auto const& s = *revisions[static_cast<std::size_t>(i)];
            auto const idle = s.now.status.replicas == 0 && s.size() == 0 &&
                              s.now.metadata.generation <= s.now.status.observed_generation;
            if (idle) plan.remove(s.before);
        }
    }

    static auto scaled_text(std::string const& set, std::int32_t from, std::int32_t to) -> std::string {
        return std::string("Scaled ") + (to > from ? "up" : "down") + " replica set " + set + " from " +
               std::to_string(from) + " to " + std::to_string(to);
    }

    /// Writes the sets that have changed; those that were sized remember of what they are part.
    static auto write_sets(deployment const& d, reconcile::seen<deployment> seen, rollout_sets& sets,
                           reconcile::plan& plan) -> void {
        auto const write = [&](owned_set& s) {
            auto const from = s.before->spec.replicas.value_or(1);
            auto const resized = from != s.size();
            if (resized || (s.size() > 0 && (d.spec.paused || is_scaled(d, sets))))
                detail::annotate_sizes(d, s.now);
            plan.update(s.before, s.now);
            if (resized)
                plan.tell(seen, "ScalingReplicaSet", scaled_text(s.now.metadata.name, from, s.size()));
        };
        for (auto& s : sets.current) write(s);
        for (auto& s : sets.old) write(s);
    }

    /// The progress deadline passes without anybody telling.
    static auto look_again(reconcile::snapshot const& world, deployment const& d, reconcile::plan& plan)
        -> void {
        auto const* const c = object::find_condition(d.status.conditions, "Progressing");
        if (!has_deadline(d) || c == nullptr || d.spec.paused) return;
        if (c->reason == "NewReplicaSetAvailable" || c->reason == "ProgressDeadlineExceeded") return;
        auto const due = c->last_update_time.time() + seconds(*d.spec.progress_deadline_seconds + 1);
        if (due > world.now()) plan.look_again(due - world.now());
    }
};
static_assert(reconcile::controller<deployment_controller>);

} // namespace berth::kube
