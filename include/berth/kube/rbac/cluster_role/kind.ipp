#pragma once

/// \file
/// The bodies of `berth/kube/rbac/cluster_role/kind.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/rbac/cluster_role/kind.hpp>

namespace berth::kube {

BERTH_DECL auto validate(cluster_role const& r, api::field_errors& errors) -> void {
    detail::validate_policy_rules(r.rules, detail::rule_scope::cluster, errors);
    if (!r.aggregation_rule) return;
    auto const rule = api::field_path("aggregationRule");
    auto const at = rule.child("clusterRoleSelectors");
    auto const& selectors = r.aggregation_rule->cluster_role_selectors;
    if (selectors.empty())
        errors.required(at, "at least one clusterRoleSelector required if aggregationRule is non-nil");
    for (std::size_t i = 0; i < selectors.size(); ++i)
        detail::validate_label_selector(selectors[i], at.index(i), errors);
}

BERTH_DECL auto cluster_role_kind() -> api::kind_of<cluster_role> {
    auto k = api::kind_of<cluster_role>{};
    k.metadata.name = name_rule::path_segment;
    k.metadata.on_update = api::metadata_rules::again::all;
    k.create_on_update = true;
    k.validate = &validate;
    k.validate_update = [](cluster_role const& now, cluster_role const&, api::field_errors& errors) {
        validate(now, errors);
    };
    k.columns = role_columns<cluster_role>();
    return k;
}

} // namespace berth::kube
