#pragma once

/// \file
/// The bodies of `berth/kube/apps/daemon_set/controller/revisions.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/apps/daemon_set/controller/revisions.hpp>
#include <berth/kube/apps/template_hash.hpp>
#include <berth/reconcile/ownership.hpp>

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <utility>

namespace berth::kube::detail {

inline auto new_daemon_revision(daemon_set const& set, std::string const& patch, std::int64_t number)
    -> controller_revision {
    auto out = controller_revision{};
    auto const hash = template_hash(set.spec.template_, set.status.collision_count.value_or(0));
    auto& m = out.metadata;
    m.name = set.metadata.name + "-" + hash;
    m.namespace_ = set.metadata.namespace_;
    m.labels = set.spec.template_.metadata.labels;
    m.labels[revision_hash_label] = hash;
    m.annotations = set.metadata.annotations;
    m.owner_references.push_back(reconcile::controlled_by(set));
    out.data.text = patch;
    out.revision = number;
    return out;
}

/// A revision as it is to be: it has a label with its hash (its name, for want of one).
inline auto labelled(controller_revision r) -> controller_revision {
    if (!r.metadata.labels.contains(revision_hash_label))
        r.metadata.labels[revision_hash_label] = r.metadata.name;
    return r;
}

/// Removes all but the last of revisions of the same template; first the pods are labelled with the one that
/// stays.
inline auto remove_doubles(seen_revisions const& same, std::vector<reconcile::seen<pod>> const& pods,
                           reconcile::plan& plan) -> void {
    auto const hash = labelled(*same.back()).metadata.labels.get(revision_hash_label);
    for (auto const& p : pods) {
        auto after = *p;
        after.metadata.labels[revision_hash_label] = hash;
        plan.update(p, std::move(after));
    }
    for (auto r = same.begin(); r + 1 != same.end(); ++r) plan.remove(*r);
}

/// Makes the revision of the template, or finds it under its name. If that is something else, the set counts
/// a collision, and gets another name next time.
inline auto make_daemon_revision(reconcile::snapshot const& world, reconcile::seen<daemon_set> set,
                                 std::string const& patch, std::int64_t number, reconcile::plan& plan)
    -> std::optional<controller_revision> {
    auto made = new_daemon_revision(*set, patch, number);
    auto const there = world.get<controller_revision>(made.metadata.where());
    if (!there) {
        plan.create(made);
        return made;
    }
    if (is_revision_of(*there, patch, set->spec.template_)) return labelled(*there);
    auto after = *set;
    after.status.collision_count = set->status.collision_count.value_or(0) + 1;
    plan.update_status(set, std::move(after));
    return std::nullopt;
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto settle_history(reconcile::snapshot const& world, reconcile::seen<daemon_set> set,
                               seen_revisions const& sorted, std::vector<reconcile::seen<pod>> const& pods,
                               reconcile::plan& plan) -> std::optional<daemon_history> {
    auto const patch = template_patch(set->spec.template_);
    auto same = seen_revisions();
    auto out = daemon_history{};
    for (auto const& r : sorted)
        (is_revision_of(*r, patch, set->spec.template_) ? same : out.old).push_back(r);
    for (auto const& r : out.old) plan.update(r, detail::labelled(*r));
    auto const number = next_revision_number(out.old);
    if (same.size() > 1) {
        detail::remove_doubles(same, pods, plan);
        return std::nullopt;
    }
    auto current = std::optional<controller_revision>();
    if (same.empty()) current = detail::make_daemon_revision(world, set, patch, number, plan);
    else {
        current = detail::labelled(*same.front());
        current->revision = std::max(current->revision, number);
        plan.update(same.front(), *current);
    }
    if (!current) return std::nullopt;
    out.hash = current->metadata.labels.get(revision_hash_label);
    return out;
}

} // namespace berth::kube
