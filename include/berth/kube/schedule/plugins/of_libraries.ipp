#pragma once

/// \file
/// The bodies of `berth/kube/schedule/plugins/of_libraries.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/schedule/plugins/of_libraries.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace berth::kube::plugins::detail {

inline constexpr std::string_view gpu = "nvidia.com/gpu";

inline auto label_of(object::string_map const& labels, std::string_view key)
    -> std::optional<std::string_view> {
    auto const* const found = labels.find(key);
    return found == nullptr ? std::nullopt : std::optional<std::string_view>(*found);
}
template <auto Has> auto some_have(std::span<library_plugin const> all) -> bool {
    return std::any_of(all.begin(), all.end(), [](auto const& p) { return (p.*Has).has_value(); });
}
template <auto Has> auto names_of(std::span<library_plugin const> all) -> std::string {
    auto out = std::string();
    for (auto const& p : all)
        if (p.*Has) out += (out.empty() ? "" : " + ") + p.name;
    return out.empty() ? "libraries" : out; // as leaves that are off have their names, too
}
BERTH_DECL auto names_of_filters(std::span<library_plugin const> all) -> std::string {
    return names_of<&library_plugin::filter>(all);
}
BERTH_DECL auto names_of_scores(std::span<library_plugin const> all) -> std::string {
    return names_of<&library_plugin::score>(all);
}

} // namespace berth::kube::plugins::detail

namespace berth::kube::plugins {

BERTH_DECL auto library_vocabulary() -> schedule::plugin_vocabulary<pod_info, node_info> const& {
    using pod = pod_info;
    using node = node_info;
    using schedule::plugin_field;
    static constexpr auto of_pods = std::array{
        plugin_field<[](pod const& p) { return p.request.cpu; }>("cpu"),
        plugin_field<[](pod const& p) { return p.request.memory; }>("memory"),
        plugin_field<[](pod const& p) { return p.request.storage; }>("storage"),
        plugin_field<[](pod const& p) { return p.request.of(detail::gpu); }>("gpu"),
        plugin_field<[](pod const& p) { return p.priority(); }>("priority"),
        schedule::plugin_texts<pod, [](pod const& p,
                                       std::string_view key) { return detail::label_of(p.labels(), key); }>(
            "label:"),
    };
    static constexpr auto of_nodes = std::array{
        plugin_field<[](node const& n) { return n.allocatable.cpu; }>("cpu_allocatable"),
        plugin_field<[](node const& n) { return n.requested.cpu; }>("cpu_requested"),
        plugin_field<[](node const& n) { return n.allocatable.memory; }>("memory_allocatable"),
        plugin_field<[](node const& n) { return n.requested.memory; }>("memory_requested"),
        plugin_field<[](node const& n) { return n.allocatable.storage; }>("storage_allocatable"),
        plugin_field<[](node const& n) { return n.requested.storage; }>("storage_requested"),
        plugin_field<[](node const& n) { return n.allocatable.of(detail::gpu); }>("gpu_allocatable"),
        plugin_field<[](node const& n) { return n.requested.of(detail::gpu); }>("gpu_requested"),
        plugin_field<&node::pod_limit>("pods_allocatable"),
        plugin_field<[](node const& n) { return n.pods.size(); }>("pods"),
        plugin_field<[](node const& n) { return n.value->spec.unschedulable; }>("cordoned"),
        schedule::plugin_texts<node,
                               [](node const& n, std::string_view key) {
                                   return detail::label_of(n.value->metadata.labels, key);
                               }>("label:"),
    };
    static constexpr auto words = schedule::plugin_vocabulary<pod, node>{of_pods, of_nodes};
    return words;
}

BERTH_DECL auto library_filters::prepare(pod_info const&) const -> std::optional<asks> {
    return detail::some_have<&library_plugin::filter>(all) ? std::optional(asks{}) : std::nullopt;
}
BERTH_DECL auto library_filters::operator()(pod_info const& p, node_info const& n, asks const&) const
    -> schedule::verdict {
    for (auto const& plugin : all) {
        if (!plugin.filter) continue;
        auto says = plugin.filter->callable.ask(p, n);
        if (!says.accepted()) return says;
    }
    return {};
}

BERTH_DECL auto library_scores::prepare(pod_info const&) const -> std::optional<asks> {
    return detail::some_have<&library_plugin::score>(all) ? std::optional(asks{}) : std::nullopt;
}
BERTH_DECL auto library_scores::operator()(pod_info const& p, node_info const& n, asks const&) const
    -> schedule::points {
    auto out = schedule::points{0};
    for (auto const& plugin : all)
        if (plugin.score) out += plugin.weight * plugin.score->callable.ask(p, n);
    return out;
}

} // namespace berth::kube::plugins
