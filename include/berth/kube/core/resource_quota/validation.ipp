#pragma once

/// \file
/// The bodies of `berth/kube/core/resource_quota/validation.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/resource_quota/validation.hpp>
#include <berth/kube/meta/validation/internal_value.hpp>

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

namespace berth::kube::detail {

/// What a quota may name without a prefix.
inline auto is_quota_resource(std::string_view name) -> bool {
    return is_any_of(name, {"cpu", "memory", "ephemeral-storage", "requests.cpu", "requests.memory",
                            "requests.storage", "requests.ephemeral-storage", "limits.cpu", "limits.memory",
                            "limits.ephemeral-storage", "pods", "resourcequotas", "services",
                            "replicationcontrollers", "secrets", "persistentvolumeclaims", "configmaps",
                            "services.nodeports", "services.loadbalancers"}) ||
           starts_with(name, "hugepages-") || starts_with(name, "requests.hugepages-");
}

inline auto validate_quota_amounts(resource_list const& amounts, field_path const& at, field_errors& errors)
    -> void {
    for (auto const& [name, amount] : amounts) {
        auto const one = at.key(name);
        validate_resource_name(name, one, errors);
        if (name.find('/') == std::string::npos && !is_quota_resource(name))
            errors.invalid(one, name, "must be a standard resource for quota");
        validate_quantity(name, amount, one, errors);
    }
}

/// Whether objects of a scope can use a resource.
inline auto is_within_scope(std::string_view scope, std::string_view resource) -> bool {
    if (scope == "BestEffort") return resource == "pods";
    if (scope == "VolumeAttributesClass")
        return is_any_of(resource, {"persistentvolumeclaims", "requests.storage"});
    return is_any_of(resource, {"pods", "cpu", "memory", "limits.cpu", "limits.memory", "requests.cpu",
                                "requests.memory"});
}

/// Refuses a scope that is none, and resources that its objects cannot use. `shown`: what is told of the
/// latter.
inline auto validate_scope(resource_quota_spec const& s, std::string const& scope, field_path const& name_at,
                           shown_value const& name, field_path const& at, shown_value const& shown,
                           field_errors& errors) -> void {
    auto const& known = object::field_of(&scoped_resource_selector_requirement::scope_name).details->values;
    auto const standard = std::find(known.begin(), known.end(), scope) != known.end();
    if (!standard) return errors.invalid(name_at, name, "unsupported scope");
    for (auto const& [resource, amount] : s.hard)
        if (is_quota_resource(resource) && !is_within_scope(scope, resource))
            errors.invalid(at, shown, "unsupported scope applied to resource");
}

/// No object is both.
inline auto validate_opposites(std::set<std::string_view> const& scopes, field_path const& at,
                               shown_value const& shown, field_errors& errors) -> void {
    for (auto const& [one, other] :
         {std::pair{"BestEffort", "NotBestEffort"}, std::pair{"Terminating", "NotTerminating"}})
        if (scopes.contains(one) && scopes.contains(other)) errors.invalid(at, shown, "conflicting scopes");
}

inline auto validate_scopes(resource_quota_spec const& s, field_path const& at, field_errors& errors)
    -> void {
    auto const field = at.child("scopes");
    auto const shown = shown_value::list(s.scopes);
    for (auto const& scope : s.scopes) validate_scope(s, scope, field, shown, field, shown, errors);
    validate_opposites({s.scopes.begin(), s.scopes.end()}, field, shown, errors);
}

inline auto validate_scope_requirement(scoped_resource_selector_requirement const& r, field_path const& at,
                                       field_errors& errors) -> void {
    auto const values = at.child("values");
    auto const field = at.child("operator");
    if (r.operator_ != "Exists" && !is_any_of(r.scope_name, {"PriorityClass", "VolumeAttributesClass"}) &&
        is_any_of(r.scope_name, {"BestEffort", "NotBestEffort", "Terminating", "NotTerminating",
                                 "CrossNamespacePodAffinity"}))
        errors.invalid(field, r.operator_,
                       "must be 'Exists' when scope is any of ResourceQuotaScopeTerminating, "
                       "ResourceQuotaScopeNotTerminating, ResourceQuotaScopeBestEffort, "
                       "ResourceQuotaScopeNotBestEffort or ResourceQuotaScopeCrossNamespacePodAffinity");
    if (is_any_of(r.operator_, {"In", "NotIn"})) {
        if (r.values.empty())
            errors.required(values, "must be at least one value when `operator` is 'In' or 'NotIn' for scope "
                                    "selector");
    } else if (is_any_of(r.operator_, {"Exists", "DoesNotExist"})) {
        if (!r.values.empty())
            errors.invalid(
                values, shown_value::list(r.values),
                "must be no value when `operator` is 'Exists' or 'DoesNotExist' for scope selector");
    } else {
        errors.invalid(field, r.operator_, "not a valid selector operator");
    }
}

inline auto validate_scope_selector(resource_quota_spec const& s, field_path const& at, field_errors& errors)
    -> void {
    if (!s.scope_selector) return;
    auto const selector = at.child("scopeSelector");
    auto const field = selector.child("matchExpressions");
    auto const shown = shown_internal(*s.scope_selector);
    auto scopes = std::set<std::string_view>();
    for (auto const& r : s.scope_selector->match_expressions) {
        validate_scope(s, r.scope_name, field.child("scopeName"), r.scope_name, field, shown, errors);
        validate_scope_requirement(r, field, errors);
        scopes.insert(r.scope_name);
    }
    validate_opposites(scopes, field, shown_value::list(s.scopes), errors);
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto validate(resource_quota const& q, api::field_errors& errors) -> void {
    auto const& at = detail::spec_path;
    detail::validate_quota_amounts(q.spec.hard, at.child("hard"), errors);
    detail::validate_scopes(q.spec, at, errors);
    detail::validate_scope_selector(q.spec, at, errors);
}

BERTH_DECL auto validate_update(resource_quota const& now, resource_quota const& before,
                                api::field_errors& errors) -> void {
    validate(now, errors);
    using names = std::set<std::string_view>;
    auto const& scopes = now.spec.scopes;
    auto const& old = before.spec.scopes;
    if (names(scopes.begin(), scopes.end()) != names(old.begin(), old.end()))
        errors.invalid(detail::spec_path.child("scopes"), api::shown_value::list(scopes), detail::immutable);
}

BERTH_DECL auto validate_status(resource_quota const& now, resource_quota const& /*before*/,
                                api::field_errors& errors) -> void {
    auto const at = api::field_path("status");
    detail::validate_quota_amounts(now.status.hard, at.child("hard"), errors);
    detail::validate_quota_amounts(now.status.used, at.child("used"), errors);
}

} // namespace berth::kube
