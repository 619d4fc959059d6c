#pragma once

/// \file
/// How nodes behave in the API, and their table (kubernetes 1.36, `pkg/registry/core/node`, `printNode`).

#include <berth/kube/columns.hpp>
#include <berth/kube/core/node/defaults.hpp>
#include <berth/kube/core/node/type.hpp>
#include <berth/kube/core/node/validation.hpp>

#include <algorithm>

namespace berth::kube {

namespace detail {

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

inline auto or_unknown(std::string const& text) -> std::string { return text.empty() ? "<unknown>" : text; }

inline auto node_row(node const& n, time_point now) -> api::table_row {
    auto const& info = n.status.node_info;
    auto kernel = or_unknown(info.kernel_version);
    if (!info.kernel_version.empty() && !info.architecture.empty()) kernel += " (" + info.architecture + ")";
    return {.cells = {n.metadata.name, shown_node_status(n), shown_roles(n),
                      since(n.metadata.creation_timestamp, now), info.kubelet_version,
                      node_address_of(n, "InternalIP"), node_address_of(n, "ExternalIP"),
                      or_unknown(info.os_image), std::move(kernel),
                      or_unknown(info.container_runtime_version)},
            .condition_reason = {},
            .condition_message = {}};
}

} // namespace detail

[[nodiscard]] inline auto node_kind() -> api::kind_of<node> {
    auto k = api::kind_of<node>{};
    k.short_names = {"no"};
    k.set_defaults = &set_defaults;
    k.validate = &validate;
    k.validate_update = &validate_update;
    k.validate_status = &validate_status;
    k.field_labels = {{"spec.unschedulable",
                       [](node const& n) { return std::string(n.spec.unschedulable ? "true" : "false"); }}};
    k.columns = {name_column,
                 text_column("Status"),
                 text_column("Roles"),
                 age_column,
                 text_column("Version"),
                 wide_column("Internal-IP"),
                 wide_column("External-IP"),
                 wide_column("OS-Image"),
                 wide_column("Kernel-Version"),
                 wide_column("Container-Runtime")};
    k.row = &detail::node_row;
    return k;
}

} // namespace berth::kube
