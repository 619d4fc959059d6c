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

/// Who writes what controllers do.
inline constexpr std::string_view controller_field_manager = "kube-controller-manager";

/// Adds the rules of the other roles that a selector matches, in the order of their names, those that are not
/// there yet. A selector that cannot be read matches none.
inline auto add_rules(reconcile::snapshot const& world, cluster_role& sum,
                      object::label_selector const& which) -> void {
    auto const selector = object::to_selector(which);
    if (!selector) return;
    auto roles = std::vector<reconcile::seen<cluster_role>>();
    for (auto const r : world.all<cluster_role>())
        if (r->metadata.name != sum.metadata.name && selector->matches(r->metadata.labels))
            roles.push_back(r);
    std::sort(roles.begin(), roles.end(), [](auto a, auto b) { return a->metadata.name < b->metadata.name; });
    for (auto const r : roles)
        for (auto const& rule : r->rules)
            if (std::find(sum.rules.begin(), sum.rules.end(), rule) == sum.rules.end())
                sum.rules.push_back(rule);
}

/// Whether the rules of a role were written by a controller before, and not by hand alone.
inline auto is_summed_up(cluster_role const& r) -> bool {
    auto const& entries = r.metadata.managed_fields;
    return std::any_of(entries.begin(), entries.end(), [](auto const& e) {
        return e.manager == controller_field_manager &&
               e.fields_v1.text().find("\"f:rules\"") != std::string_view::npos;
    });
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
    for (auto const& which : sum->aggregation_rule->cluster_role_selectors)
        detail::add_rules(world, wanted, which);
    if (wanted.rules.empty() && !detail::is_summed_up(*sum)) return plan;
    plan.update(sum, std::move(wanted));
    return plan;
}

} // namespace berth::kube
