#pragma once

/// \file
/// Rolls the template of a deployment out over replica sets (kubernetes 1.36, `pkg/controller/deployment`).

#include <berth/kube/apps/deployment/controller/sync.hpp>

#include <string>
#include <utility>
#include <vector>

namespace berth::kube {

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
        if (!selector) return plan;
        if (selector->empty()) return refuse(seen);
        auto const sets = claim<replica_set>(world, *seen, *selector, plan);
        detail::deployment_sync(world, seen, *selector, sets).run(plan);
        return plan;
    }

private:
    /// A deployment of everything is nobody's wish.
    static auto refuse(reconcile::seen<deployment> seen) -> reconcile::plan {
        auto plan = reconcile::plan{};
        if (seen->status.observed_generation >= seen->metadata.generation) return plan;
        auto d = *seen;
        d.status.observed_generation = d.metadata.generation;
        plan.update_status(seen, std::move(d));
        plan.warn(seen, "SelectingAll",
                  "This deployment is selecting all pods. A non-empty selector is required.");
        return plan;
    }
};
static_assert(reconcile::controller<deployment_controller>);

} // namespace berth::kube
