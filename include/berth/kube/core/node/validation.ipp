#pragma once

/// \file
/// The bodies of `berth/kube/core/node/validation.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/node/validation.hpp>

#include <range/v3/view/enumerate.hpp>

#include <set>

namespace berth::kube::detail {

inline auto validate_taints(object::list<taint> const& taints, field_errors& errors) -> void {
    auto const at = metadata_path.child("taints");
    auto seen = std::set<std::pair<std::string_view, std::string_view>>();
    for (auto const& [i, t] : ranges::views::enumerate(taints)) {
        auto const one = at.index(i);
        validate_label_name(t.key, one.child("key"), errors);
        if (!object::is_label_value(t.value))
            errors.invalid(one.child("value"), t.value,
                           object::joined(object::label_value_problems(t.value), ";"));
        require_allowed(t, &taint::effect, one, errors);
        if (!seen.emplace(t.key, t.effect).second)
            errors.duplicate(one, shown_internal(t), "taints must be unique by key and effect pair");
    }
}

inline auto validate_node_resources(node_status const& s, field_errors& errors) -> void {
    auto const status = field_path("status");
    for (auto const& [list, name] :
         {std::pair{&s.capacity, "capacity"}, std::pair{&s.allocatable, "allocatable"}}) {
        auto const at = status.child(name);
        for (auto const& [resource, amount] : *list)
            validate_quantity(resource, amount, at.child(resource), errors);
    }
}

inline auto validate_pod_cidrs(std::vector<std::string> const& cidrs, field_errors& errors) -> void {
    auto const spec = field_path("spec");
    auto const at = spec.child("podCIDRs");
    for (auto const& [i, cidr] : ranges::views::enumerate(cidrs)) validate_cidr(cidr, at.index(i), errors);
    if (cidrs.size() < 2) return;
    if (!is_dual_stack(cidrs) || cidrs.size() > 2)
        errors.invalid(at, shown_value::list(cidrs), "may specify no more than one CIDR for each IP family");
    auto seen = std::set<std::string_view>();
    for (auto const& [i, cidr] : ranges::views::enumerate(cidrs))
        if (!seen.insert(cidr).second) errors.duplicate(at.index(i), cidr);
}

inline auto validate_node_addresses(object::list<node_address> const& list, field_errors& errors) -> void {
    auto const status = field_path("status");
    auto const at = status.child("addresses");
    auto seen = std::set<std::pair<std::string_view, std::string_view>>();
    for (auto const& [i, a] : ranges::views::enumerate(list))
        if (!seen.emplace(a.type, a.address).second) errors.duplicate(at.index(i), shown_internal(a));
}

/// What was once given to a node stays.
inline auto validate_fixed_node(node_spec const& now, node_spec const& before, field_errors& errors) -> void {
    auto const at = field_path("spec");
    if (!before.pod_cidrs.empty() && now.pod_cidrs != before.pod_cidrs)
        errors.forbidden(at.child("podCIDRs"),
                         "node updates may not change podCIDR except from \"\" to valid");
    if (!before.provider_id.empty() && now.provider_id != before.provider_id)
        errors.forbidden(at.child("providerID"),
                         "node updates may not change providerID except from \"\" to valid");
    if (now.external_id != before.external_id) errors.forbidden(at.child("externalID"), "may not be updated");
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto validate(node const& n, api::field_errors& errors) -> void {
    detail::validate_taints(n.spec.taints, errors);
    detail::validate_node_resources(n.status, errors);
    detail::validate_pod_cidrs(n.spec.pod_cidrs, errors);
}

} // namespace berth::kube

namespace berth::kube::detail {

BERTH_DECL auto validate_node_change(node const& now, node const& before, field_errors& errors) -> void {
    validate_node_resources(now.status, errors);
    validate_node_addresses(now.status.addresses, errors);
    validate_fixed_node(now.spec, before.spec, errors);
    validate_taints(now.spec.taints, errors);
}

} // namespace berth::kube::detail
