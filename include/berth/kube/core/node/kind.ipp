#pragma once

/// \file
/// The bodies of `berth/kube/core/node/kind.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/node/kind.hpp>

#include <algorithm>

namespace berth::kube::detail {

inline auto shown_node_status(node const& n) -> std::string {
    auto const* const ready = object::find_condition(n.status.conditions, "Ready");
    auto out = std::string(ready == nullptr ? "Unknown" : ready->status == "True" ? "Ready" : "NotReady");
    return n.spec.unschedulable ? out + ",SchedulingDisabled" : out;
}

/// The roles that labels give a node: `node-role.kubernetes.io/X`, `kubernetes.io/role=X`.
inline auto shown_roles(node const& n) -> std::string {
    constexpr auto prefix = std::string_view("node-role.kubernetes.io/");
    auto roles = std::vector<std::string>();
    for (auto const& [key, value] : n.metadata.labels) {
        if (key.starts_with(prefix) && key.size() > prefix.size()) roles.push_back(key.substr(prefix.size()));
        else if (key == "kubernetes.io/role" && !value.empty()) roles.push_back(value);
    }
    std::sort(roles.begin(), roles.end());
    roles.erase(std::unique(roles.begin(), roles.end()), roles.end());
    return or_none(joined(roles));
}

inline auto node_address_of(node const& n, std::string_view type) -> std::string {
    for (auto const& a : n.status.addresses)
        if (a.type == type) return a.address;
    return std::string(none_shown);
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto node_kind() -> api::kind_of<node> {
    auto k = api::kind_of<node>{};
    k.metadata.on_update = api::metadata_rules::again::all;
    k.short_names = {"no"};
    k.keeps_status = true;
    k.set_defaults = &set_defaults;
    k.validate = &validate;
    k.validate_update = &validate_update;
    k.validate_status = &validate_status;
    k.field_labels = {{"spec.unschedulable",
                       [](node const& n) { return std::string(n.spec.unschedulable ? "true" : "false"); }}};
    k.columns = {
        name_column<node>(),
        column<node>("Status",
                     [](node const& n, time_point) -> api::cell { return detail::shown_node_status(n); }),
        column<node>("Roles", [](node const& n, time_point) -> api::cell { return detail::shown_roles(n); }),
        age_column<node>(),
        column<node>(
            "Version",
            [](node const& n, time_point) -> api::cell { return n.status.node_info.kubelet_version; }),
        wide_column<node>(
            "Internal-IP",
            [](node const& n, time_point) -> api::cell { return detail::node_address_of(n, "InternalIP"); }),
        wide_column<node>(
            "External-IP",
            [](node const& n, time_point) -> api::cell { return detail::node_address_of(n, "ExternalIP"); }),
        wide_column<node>("OS-Image",
                          [](node const& n, time_point) -> api::cell {
                              return detail::or_unknown(n.status.node_info.os_image);
                          }),
        wide_column<node>(
            "Kernel-Version",
            [](node const& n, time_point) -> api::cell { return detail::shown_kernel(n.status.node_info); }),
        wide_column<node>("Container-Runtime", [](node const& n, time_point) -> api::cell {
            return detail::or_unknown(n.status.node_info.container_runtime_version);
        })};
    return k;
}

} // namespace berth::kube
