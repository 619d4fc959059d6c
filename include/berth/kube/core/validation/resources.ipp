#pragma once

/// \file
/// The bodies of `berth/kube/core/validation/resources.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/validation/resources.hpp>

#include <algorithm>
#include <set>

namespace berth::kube::detail {

BERTH_DECL auto starts_with(std::string_view text, std::string_view prefix) -> bool {
    return text.substr(0, prefix.size()) == prefix;
}

BERTH_DECL auto is_any_of(std::string_view text, std::initializer_list<std::string_view> list) -> bool {
    return std::find(list.begin(), list.end(), text) != list.end();
}

inline auto is_huge_page_resource(std::string_view name) -> bool { return starts_with(name, "hugepages-"); }

BERTH_DECL auto is_native_resource(std::string_view name) -> bool {
    return name.find('/') == std::string_view::npos || name.find("kubernetes.io/") != std::string_view::npos;
}

/// What containers may ask for without a prefix.
inline auto is_container_resource(std::string_view name) -> bool {
    return is_any_of(name, {"cpu", "memory", "ephemeral-storage"}) || is_huge_page_resource(name);
}

/// Names that need no prefix anywhere.
inline auto is_standard_resource(std::string_view name) -> bool {
    return is_container_resource(name) ||
           is_any_of(name, {"requests.cpu", "requests.memory", "requests.ephemeral-storage", "limits.cpu",
                            "limits.memory", "limits.ephemeral-storage", "pods", "resourcequotas", "services",
                            "replicationcontrollers", "secrets", "configmaps", "persistentvolumeclaims",
                            "storage", "requests.storage", "services.nodeports", "services.loadbalancers"}) ||
           starts_with(name, "requests.hugepages-");
}

BERTH_DECL auto is_extended_resource(std::string_view name) -> bool {
    if (is_native_resource(name) || starts_with(name, "requests.")) return false;
    return object::is_qualified_name("requests." + std::string(name));
}

BERTH_DECL auto is_overcommittable(std::string_view name) -> bool {
    return is_native_resource(name) && !is_huge_page_resource(name);
}

/// Resources that come in whole units.
inline auto is_integer_resource(std::string_view name) -> bool {
    return is_any_of(name,
                     {"pods", "resourcequotas", "services", "replicationcontrollers", "secrets", "configmaps",
                      "persistentvolumeclaims", "services.nodeports", "services.loadbalancers"}) ||
           is_extended_resource(name);
}

BERTH_DECL auto validate_quantity(std::string_view name, object::quantity const& amount, field_path const& at,
                                  field_errors& errors) -> void {
    if (amount.sign() < 0) errors.invalid(at, amount.to_string(), negative);
    if (is_integer_resource(name) && amount.milli_value() % 1000 != 0)
        errors.invalid(at, amount.to_string(), "must be an integer");
}

BERTH_DECL auto validate_resource_name(std::string_view name, field_path const& at, field_errors& errors)
    -> bool {
    if (!object::is_qualified_name(name)) {
        errors.invalid_all(at, name, object::qualified_name_problems(name));
        return false;
    }
    if (name.find('/') != std::string_view::npos || is_standard_resource(name)) return true;
    errors.invalid(at, name, "must be a standard resource type or fully qualified");
    return false;
}

BERTH_DECL auto validate_container_resource_name(std::string_view name, field_path const& at,
                                                 field_errors& errors) -> void {
    validate_resource_name(name, at, errors);
    if (name.find('/') == std::string_view::npos) {
        if (!is_container_resource(name))
            errors.invalid(at, name, "must be a standard resource for containers");
    } else if (!is_native_resource(name) && !is_extended_resource(name)) {
        errors.invalid(at, name, "doesn't follow extended resource name standard");
    }
}

inline auto validate_pod_resource_name(std::string_view name, field_path const& at, field_errors& errors)
    -> void {
    if (!validate_resource_name(name, at, errors)) return;
    if (!is_any_of(name, {"cpu", "memory"}) && !is_huge_page_resource(name))
        errors.not_supported(at, name, {"cpu", "hugepages-", "memory"});
}

/// Huge pages come in whole pages of the size that the resource's name tells.
inline auto validate_huge_pages(std::string_view name, object::quantity const& amount, field_path const& at,
                                field_errors& errors) -> void {
    if (!is_huge_page_resource(name)) return;
    auto const size = object::quantity::parse(name.substr(std::string_view("hugepages-").size()));
    auto const divisible = size && size->value() > 0 && amount.value() % size->value() == 0;
    if (!divisible)
        errors.invalid(at, amount.to_string(),
                       amount.to_string() + " is not positive integer multiple of " + std::string(name));
}

BERTH_DECL auto validate_amounts(resource_list const& amounts, resource_scope scope, field_path const& at,
                                 field_errors& errors) -> void {
    for (auto const& [name, amount] : amounts) {
        auto const one = at.key(name);
        if (scope == resource_scope::container) validate_container_resource_name(name, one, errors);
        else validate_pod_resource_name(name, one, errors);
        validate_quantity(name, amount, one, errors);
        validate_huge_pages(name, amount, one, errors);
    }
}

inline auto validate_request_against_limit(std::string_view name, object::quantity const& request,
                                           resource_requirements const& r, field_path const& at,
                                           field_errors& errors) -> void {
    auto const* limit = r.limits.find(name);
    auto const requests = at.child("requests");
    if (limit == nullptr) {
        if (!is_overcommittable(name))
            errors.required(at.child("limits"), "Limit must be set for non overcommitable resources");
        return;
    }
    auto const of = std::string(name) + " limit of " + limit->to_string();
    if (request != *limit && !is_overcommittable(name))
        errors.invalid(requests, request.to_string(), "must be equal to " + of);
    else if (request > *limit)
        errors.invalid(requests, request.to_string(), "must be less than or equal to " + of);
}

/// Names of the claims that a container uses must be those of the pod's claims, `known` in order, and each is
/// used once.
inline auto validate_claim_uses(object::list<resource_claim> const& uses,
                                std::vector<std::string> const& known, field_path const& at,
                                field_errors& errors) -> void {
    auto seen = std::set<std::string>();
    auto why = std::string("must be one of the names in pod.spec.resourceClaims");
    if (known.empty()) why += " which is empty";
    for (std::size_t k = 0; k < known.size(); ++k) (why += k == 0 ? ": " : ", ") += known[k];
    for (std::size_t i = 0; i < uses.size(); ++i) {
        auto const& use = uses[i];
        auto const one = at.index(i);
        if (use.name.empty()) {
            errors.required(one);
            continue;
        }
        auto const key = use.request.empty() ? use.name : use.name + "/" + use.request;
        auto const part = use.name + "/";
        auto const first_part = seen.lower_bound(part);
        auto const whole_after_part =
            use.request.empty() && first_part != seen.end() && starts_with(*first_part, part);
        if (seen.contains(use.name)) {
            errors.duplicate(one, use.name);
        } else {
            if (!use.request.empty())
                validate_name(name_rule::dns1123_label, use.request, one.child("request"), errors);
            if (!seen.insert(key).second || whole_after_part) errors.duplicate(one, key);
        }
        if (std::binary_search(known.begin(), known.end(), use.name)) continue;
        errors.not_found(one, use.name, why);
    }
}

BERTH_DECL auto validate_requirements(resource_requirements const& r, resource_scope scope,
                                      std::vector<std::string> const& claims, field_path const& at,
                                      field_errors& errors) -> void {
    validate_amounts(r.limits, scope, at.child("limits"), errors);
    auto huge = false;
    auto compute = false;
    auto const note = [&](std::string_view name) {
        huge = huge || is_huge_page_resource(name);
        compute = compute || name == "cpu" || name == "memory";
    };
    for (auto const& [name, amount] : r.limits) note(name);
    validate_amounts(r.requests, scope, at.child("requests"), errors);
    for (auto const& [name, amount] : r.requests) {
        validate_request_against_limit(name, amount, r, at, errors);
        note(name);
    }
    if (huge && !compute) errors.forbidden(at, "HugePages require cpu or memory");
    if (!r.claims.empty()) validate_claim_uses(r.claims, claims, at.child("claims"), errors);
}

} // namespace berth::kube::detail
