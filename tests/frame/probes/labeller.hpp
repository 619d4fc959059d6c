#pragma once

// A controller of one's own: pods without a label get it.

#include <berth/kube/types.hpp>
#include <berth/reconcile/controller.hpp>
#include <berth/reconcile/loop.hpp>
#include <berth/reconcile.hpp>

struct labeller {
    static constexpr std::string_view name = "labeller";
    using reconciles = berth::kube::pod;

    [[nodiscard]] auto reconcile(berth::reconcile::snapshot const& world, berth::object::key const& k) const
        -> berth::reconcile::plan {
        auto out = berth::reconcile::plan();
        auto const found = world.get<berth::kube::pod>(k);
        if (!found || found->metadata.name.empty()) return out;
        auto changed = *found;
        changed.metadata.labels["seen"] = "yes";
        out.update(found, std::move(changed));
        return out;
    }
};
