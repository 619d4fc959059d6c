#pragma once

/// \file
/// The bodies of `berth/kube/apps/stateful_set/controller.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/apps/stateful_set/controller.hpp>

#include <string>
#include <utility>

namespace berth::kube {

BERTH_DECL auto stateful_set_controller::indexes() -> std::vector<reconcile::index> {
    return {orphan_index<pod>(), orphan_index<controller_revision>()};
}

BERTH_DECL auto stateful_set_controller::keys_for(reconcile::snapshot const& world, pod const& p) const
    -> std::vector<object::key> {
    return wanted_by<stateful_set>(world, p.metadata);
}

BERTH_DECL auto stateful_set_controller::keys_for(reconcile::snapshot const& world,
                                                  controller_revision const& r) const
    -> std::vector<object::key> {
    return wanted_by<stateful_set>(world, r.metadata);
}

BERTH_DECL auto stateful_set_controller::keys_for(reconcile::snapshot const& world,
                                                  persistent_volume_claim const& c) const
    -> std::vector<object::key> {
    auto out = std::vector<object::key>();
    auto const text = std::string_view(c.metadata.name);
    auto const last = text.rfind('-');
    if (last == std::string_view::npos) return out;
    for (auto dash = text.find('-'); dash < last; dash = text.find('-', dash + 1)) {
        auto const set =
            world.get<stateful_set>(c.metadata.namespace_, text.substr(dash + 1, last - dash - 1));
        if (!set) continue;
        for (auto const& t : set->spec.volume_claim_templates)
            if (t.metadata.name == text.substr(0, dash)) out.push_back(set->metadata.where());
    }
    return out;
}

BERTH_DECL auto stateful_set_controller::reconcile(reconcile::snapshot const& world,
                                                   object::key const& k) const -> reconcile::plan {
    auto plan = reconcile::plan{};
    auto const set = world.get<stateful_set>(k);
    if (!set) return plan;
    auto const selector = object::to_selector(set->spec.selector);
    if (!selector) return plan;
    auto revisions = claim<controller_revision>(
        world, *set, *selector, plan, [&](auto const& r) { return selector->matches(r.metadata.labels); });
    auto pods = claim_if<pod>(world, *set, plan, [&](pod const& p) {
        return selector->matches(p.metadata.labels) && is_named_by(*set, p.metadata.name);
    });
    if (!plan.empty()) return plan; // what is claimed is looked at once it is there
    sort_revisions(revisions);
    detail::stateful_sync(world, set, std::move(pods), std::move(revisions)).run(plan);
    return plan;
}

} // namespace berth::kube
