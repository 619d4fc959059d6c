#pragma once

/// \file
/// The bodies of `berth/node/environment.hpp`.

#include <berth/core/config.hpp>
#include <berth/node/environment.hpp>

namespace berth::node::detail {

BERTH_DECL auto variable_set::set(std::string_view name, std::string value) -> void {
    if (auto* const known = find_variable(name)) known->value = std::move(value);
    else variables_.push_back({std::string(name), std::move(value)});
}

BERTH_DECL auto variable_set::find(std::string_view name) const -> std::string const* {
    for (auto const& v : variables_)
        if (v.name == name) return &v.value;
    return nullptr;
}

BERTH_DECL auto variable_set::take() && -> std::vector<environment_variable> { return std::move(variables_); }

BERTH_DECL auto variable_set::find_variable(std::string_view name) -> environment_variable* {
    for (auto& v : variables_)
        if (v.name == name) return &v;
    return nullptr;
}

BERTH_DECL auto subscript(std::string_view path, std::string_view map) -> std::optional<std::string_view> {
    if (!path.starts_with(map)) return std::nullopt;
    path.remove_prefix(map.size());
    if (!path.starts_with("['") || !path.ends_with("']") || path.size() < 4) return std::nullopt;
    return path.substr(2, path.size() - 4);
}

} // namespace berth::node::detail

namespace berth::node {

BERTH_DECL auto field_of(kube::pod const& pod, std::string_view path) -> result<std::string> {
    if (path == "metadata.name") return pod.metadata.name;
    if (path == "metadata.namespace") return pod.metadata.namespace_;
    if (path == "metadata.uid") return pod.metadata.uid;
    if (path == "spec.nodeName") return pod.spec.node_name;
    if (path == "spec.serviceAccountName") return pod.spec.service_account_name;
    if (path == "status.hostIP" || path == "status.hostIPs") return pod.status.host_ip;
    if (path == "status.podIP" || path == "status.podIPs") return pod.status.pod_ip;
    if (auto const key = detail::subscript(path, "metadata.labels")) return pod.metadata.labels.get(*key);
    if (auto const key = detail::subscript(path, "metadata.annotations"))
        return pod.metadata.annotations.get(*key);
    return fail(error_code::invalid, "unsupported fieldPath: " + std::string(path));
}

BERTH_DECL auto resource_of(kube::container const& c, kube::resource_field_selector const& selector,
                            kube::resource_list const& node) -> result<std::string> {
    auto const dot = selector.resource_.find('.');
    auto const which = std::string_view(selector.resource_).substr(0, dot);
    auto const name =
        dot == std::string::npos ? std::string_view() : std::string_view(selector.resource_).substr(dot + 1);
    if ((which != "limits" && which != "requests") || name.empty())
        return fail(error_code::invalid, "unsupported container resource : " + selector.resource_);
    auto const* amount = (which == "limits" ? c.resources.limits : c.resources.requests).find(name);
    if (amount == nullptr && which == "limits") amount = node.find(name);
    if (amount == nullptr) return std::string("0");
    auto const scale = name == "cpu" ? -3 : 0;
    auto const unit = selector.divisor.is_zero() ? object::quantity::of(1) : selector.divisor;
    auto const total = amount->scaled_value(scale);
    auto const divisor = unit.scaled_value(scale);
    if (divisor <= 0)
        return fail(error_code::invalid, "the divisor of " + selector.resource_ + " must be positive");
    return std::to_string(total / divisor + (total % divisor > 0 ? 1 : 0));
}

BERTH_DECL auto command_of(kube::container const& c, std::vector<environment_variable> const& variables)
    -> std::vector<std::string> {
    auto const value_of = [&variables](std::string_view name) -> std::string const* {
        for (auto const& v : variables)
            if (v.name == name) return &v.value;
        return nullptr;
    };
    auto out = std::vector<std::string>();
    if (c.command.empty()) return out; // the image's own entry point would be needed
    for (auto const& word : c.command) out.push_back(expand_variables(word, value_of));
    for (auto const& word : c.args) out.push_back(expand_variables(word, value_of));
    return out;
}

} // namespace berth::node
