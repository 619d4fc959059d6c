#pragma once

/// \file
/// The bodies of `berth/kube/rbac/cluster_role/controller.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/rbac/cluster_role/controller.hpp>
#include <berth/object/label_selector.hpp>

#include <algorithm>
#include <string>
#include <utility>

namespace berth::kube::detail {

/// The index of roles that sum up others.
inline constexpr std::string_view aggregated_roles = "aggregated";

/// The roles that an aggregated one sums up, by name. A selector that cannot be read matches none.
inline auto summed_up(reconcile::snapshot const& world, cluster_role const& sum)
    -> std::vector<reconcile::seen<cluster_role>> {
    auto selectors = std::vector<object::selector>();
    for (auto const& s : sum.aggregation_rule->cluster_role_selectors)
        if (auto read = object::to_selector(s)) selectors.push_back(*std::move(read));
    auto out = std::vector<reconcile::seen<cluster_role>>();
    for (auto const r : world.all<cluster_role>()) {
        auto const matches = [&](auto const& s) { return s.matches(r->metadata.labels); };
        if (r->metadata.name == sum.metadata.name) continue;
        if (std::any_of(selectors.begin(), selectors.end(), matches)) out.push_back(r);
    }
    std::sort(out.begin(), out.end(), [](auto a, auto b) { return a->metadata.name < b->metadata.name; });
    return out;
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto cluster_role_aggregation_controller::indexes() -> std::vector<reconcile::index> {
    return {
        reconcile::index_of<cluster_role>(std::string(detail::aggregated_roles), [](cluster_role const& r) {
            return r.aggregation_rule ? std::vector<std::string>{""} : std::vector<std::string>();
        })};
}

BERTH_DECL auto cluster_role_aggregation_controller::keys_for(reconcile::snapshot const& world,
                                                              cluster_role const&) const
    -> std::vector<object::key> {
    auto out = std::vector<object::key>();
    for (auto const r : world.where<cluster_role>(detail::aggregated_roles, ""))
        out.push_back(r->metadata.where());
    return out;
}

BERTH_DECL auto cluster_role_aggregation_controller::matters(cluster_role const& before,
                                                             cluster_role const& after) const -> bool {
    return before.rules != after.rules || before.metadata.labels != after.metadata.labels ||
           before.aggregation_rule != after.aggregation_rule;
}

BERTH_DECL auto cluster_role_aggregation_controller::reconcile(reconcile::snapshot const& world,
                                                               object::key const& k) const
    -> reconcile::plan {
    auto plan = reconcile::plan{};
    auto const sum = world.get<cluster_role>(k);
    if (!sum || !sum->aggregation_rule || sum->metadata.deleting()) return plan;
    auto wanted = *sum;
    wanted.rules.clear();
    for (auto const r : detail::summed_up(world, *sum))
        for (auto const& rule : r->rules)
            if (std::find(wanted.rules.begin(), wanted.rules.end(), rule) == wanted.rules.end())
                wanted.rules.push_back(rule);
    plan.update(sum, std::move(wanted));
    return plan;
}

} // namespace berth::kube
