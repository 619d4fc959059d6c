#pragma once

/// \file
/// The bodies of `berth/kube/apps/stateful_set/controller/revisions.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/apps/stateful_set/controller/revisions.hpp>
#include <berth/reconcile/ownership.hpp>

#include <algorithm>
#include <string>
#include <utility>

namespace berth::kube::detail {

inline auto new_stateful_revision(stateful_set const& set, std::string const& patch, std::int64_t number,
                                  std::int32_t collisions) -> controller_revision {
    auto out = controller_revision{};
    auto const hash = revision_hash(patch, collisions);
    auto& m = out.metadata;
    m.name = revision_name(set.metadata.name, hash);
    m.namespace_ = set.metadata.namespace_;
    m.labels = set.spec.template_.metadata.labels;
    m.labels[history_hash_label] = hash;
    m.annotations = set.metadata.annotations;
    m.owner_references.push_back(reconcile::controlled_by(set));
    out.data.text = patch;
    out.revision = number;
    return out;
}

/// Makes a revision under a free name, or finds the same under one that is taken.
inline auto make_stateful_revision(reconcile::snapshot const& world, stateful_set const& set,
                                   controller_revision made, std::int32_t& collisions, reconcile::plan& plan)
    -> controller_revision {
    auto there = world.get<controller_revision>(made.metadata.where());
    while (there) {
        if (there->data == made.data) return *there;
        ++collisions;
        made.metadata.name = revision_name(set.metadata.name, revision_hash(made.data.text, collisions));
        there = world.get<controller_revision>(made.metadata.where());
    }
    plan.create(made);
    return made;
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto choose_revisions(reconcile::snapshot const& world, stateful_set const& set,
                                 seen_revisions const& sorted, reconcile::plan& plan) -> rollout_revisions {
    auto const& wanted = set.spec.template_;
    auto const patch = template_patch(wanted);
    auto const number = next_revision_number(sorted);
    auto out = rollout_revisions{};
    out.collisions = set.status.collision_count.value_or(0);
    auto const same = std::find_if(sorted.rbegin(), sorted.rend(),
                                   [&](auto const& r) { return is_revision_of(*r, patch, wanted); });
    if (same == sorted.rend()) {
        auto made = detail::new_stateful_revision(set, patch, number, out.collisions);
        out.update = detail::make_stateful_revision(world, set, std::move(made), out.collisions, plan);
    } else {
        out.update = **same;
        if (same != sorted.rbegin()) out.update.revision = number;
        plan.update(*same, out.update);
    }
    auto const current = std::find_if(sorted.begin(), sorted.end(), [&](auto const& r) {
        return r->metadata.name == set.status.current_revision;
    });
    out.current = current == sorted.end() ? out.update : **current;
    return out;
}

} // namespace berth::kube
