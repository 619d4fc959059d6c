#pragma once

/// \file
/// The bodies of `berth/kube/rbac/validation/policy_rule.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/rbac/validation/policy_rule.hpp>

namespace berth::kube::detail {

inline auto validate_policy_rule(policy_rule const& r, rule_scope scope, field_path const& at,
                                 field_errors& errors) -> void {
    auto const paths = at.child("nonResourceURLs");
    if (r.verbs.empty()) errors.required(at.child("verbs"), "verbs must contain at least one value");
    if (!r.non_resource_urls.empty()) {
        auto const shown = shown_value::list(r.non_resource_urls);
        if (scope == rule_scope::namespaced)
            errors.invalid(paths, shown, "namespaced rules cannot apply to non-resource URLs");
        if (!r.api_groups.empty() || !r.resources.empty() || !r.resource_names.empty())
            errors.invalid(paths, shown,
                           "rules cannot apply to both regular resources and non-resource URLs");
        return;
    }
    if (r.api_groups.empty())
        errors.required(at.child("apiGroups"), "resource rules must supply at least one api group");
    if (r.resources.empty())
        errors.required(at.child("resources"), "resource rules must supply at least one resource");
}

BERTH_DECL auto validate_policy_rules(object::list<policy_rule> const& rules, rule_scope scope,
                                      field_errors& errors) -> void {
    auto const at = field_path("rules");
    for (std::size_t i = 0; i < rules.size(); ++i) validate_policy_rule(rules[i], scope, at.index(i), errors);
}

} // namespace berth::kube::detail
