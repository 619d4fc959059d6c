#pragma once

/// \file
/// The bodies of `berth/kube/admissionregistration/webhook_rules.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/admissionregistration/webhook_rules.hpp>

#include <algorithm>

namespace berth::kube::detail::webhooks {

/// Whether a list names something, or everything.
inline auto names_one(std::vector<std::string> const& names, std::string_view one) -> bool {
    return std::any_of(names.begin(), names.end(),
                       [&](std::string_view name) { return name == "*" || name == one; });
}

/// `pods`, `pods/status`, `pods/*`, `*/scale`, `*` (no subresource), `*/*`.
inline auto names_resource(std::string_view rule, rule_subject const& what) -> bool {
    auto const slash = rule.find('/');
    auto const whole = rule.substr(0, slash);
    auto const part = slash == rule.npos ? std::string_view() : rule.substr(slash + 1);
    return (whole == "*" || whole == what.resource) && (part == "*" || part == what.subresource);
}

} // namespace berth::kube::detail::webhooks

namespace berth::kube {

BERTH_DECL auto matches(rule_with_operations const& rule, rule_subject const& what) -> bool {
    auto const scope = rule.scope ? std::string_view(*rule.scope) : "*";
    if (scope == "Namespaced" && !what.in_namespace) return false;
    if (scope == "Cluster" && what.in_namespace) return false;
    return detail::webhooks::names_one(rule.operations, what.operation) &&
           detail::webhooks::names_one(rule.api_groups, what.group) &&
           detail::webhooks::names_one(rule.api_versions, what.version) &&
           std::any_of(rule.resources.begin(), rule.resources.end(),
                       [&](std::string const& r) { return detail::webhooks::names_resource(r, what); });
}

BERTH_DECL auto may_name(rule_with_operations const& rule, std::string_view plural) -> bool {
    return std::any_of(rule.resources.begin(), rule.resources.end(), [&](std::string_view r) {
        auto const whole = r.substr(0, r.find('/'));
        return whole == "*" || whole == plural;
    });
}

BERTH_DECL auto matches(object::list<rule_with_operations> const& rules, rule_subject const& what) -> bool {
    for (auto const& rule : rules)
        if (matches(rule, what)) return true;
    return false;
}

} // namespace berth::kube
