#pragma once

/// \file
/// The bodies of `berth/kube/schedule/configuration/plugin_points.hpp`.

#include <berth/kube/schedule/configuration/plugin_points.hpp>

#include <algorithm>
#include <array>
#include <set>
#include <utility>
#include <vector>

namespace berth::kube::configuration::detail {

inline constexpr auto filters = point::pre_filter | point::filter;
inline constexpr auto scores = point::pre_score | point::score;

inline constexpr auto stock = std::array<stock_plugin, 18>{{
    {"SchedulingGates", point::pre_enqueue},
    {"PrioritySort", point::queue_sort},
    {"NodeUnschedulable", point::filter},
    {"NodeName", point::filter},
    {"TaintToleration", point::filter | scores, 3},
    {"NodeAffinity", filters | scores, 2},
    {"NodePorts", filters},
    {"NodeResourcesFit", filters | scores, 1},
    {"VolumeRestrictions", filters},
    {"NodeVolumeLimits", filters},
    {"VolumeBinding", filters | point::reserve | point::pre_bind},
    {"VolumeZone", filters},
    {"PodTopologySpread", filters | scores, 2},
    {"InterPodAffinity", filters | scores, 2},
    {"DefaultPreemption", point::post_filter},
    {"NodeResourcesBalancedAllocation", scores, 1},
    {"ImageLocality", point::score, 1},
    {"DefaultBinder", point::bind},
}};
/// Plugins of kube-scheduler that are not here, so that disabling them changes nothing.
inline constexpr auto absent = std::array<std::string_view, 4>{"DynamicResources", "NodeDeclaredFeatures",
                                                               "GangScheduling", "PodGroupPodsCount"};

/// An extension point by its name in a file.
struct named_point {
    point is;
    std::string_view name;
    plugin_set plugin_sets::* set;
};
inline constexpr auto points = std::array<named_point, 12>{{
    {point::pre_enqueue, "preEnqueue", &plugin_sets::pre_enqueue},
    {point::queue_sort, "queueSort", &plugin_sets::queue_sort},
    {point::pre_filter, "preFilter", &plugin_sets::pre_filter},
    {point::filter, "filter", &plugin_sets::filter},
    {point::post_filter, "postFilter", &plugin_sets::post_filter},
    {point::pre_score, "preScore", &plugin_sets::pre_score},
    {point::score, "score", &plugin_sets::score},
    {point::reserve, "reserve", &plugin_sets::reserve},
    {point::permit, "permit", &plugin_sets::permit},
    {point::pre_bind, "preBind", &plugin_sets::pre_bind},
    {point::bind, "bind", &plugin_sets::bind},
    {point::post_bind, "postBind", &plugin_sets::post_bind},
}};

/// The plugins that a file may name: the stock ones, and more.
class known_plugins {
public:
    explicit known_plugins(std::span<stock_plugin const> more) : more_(more) {}

    [[nodiscard]] auto find(std::string_view name) const -> stock_plugin const* {
        for (auto const all : {std::span<stock_plugin const>(stock), more_}) {
            auto const at = std::ranges::find(all, name, &stock_plugin::name);
            if (at != all.end()) return &*at;
        }
        return nullptr;
    }
    /// The names of those that stand at some of these points.
    [[nodiscard]] auto names_at(std::uint32_t where) const -> std::vector<std::string_view> {
        auto out = std::vector<std::string_view>();
        for (auto const all : {std::span<stock_plugin const>(stock), more_})
            for (auto const& s : all)
                if ((s.points & where) != 0) out.push_back(s.name);
        return out;
    }

private:
    std::span<stock_plugin const> more_;
};

inline constexpr auto everywhere = ~std::uint32_t{0};

/// The names of a set of disabled plugins.
inline auto disabled_in(plugin_set const& set, known_plugins const& known, api::field_path const& at,
                        api::field_errors& errors) -> std::set<std::string, std::less<>> {
    auto out = std::set<std::string, std::less<>>();
    auto const list = at.child("disabled");
    for (std::size_t i = 0; i < set.disabled.size(); ++i) {
        auto const& name = set.disabled[i].name;
        auto const there =
            name == "*" || known.find(name) != nullptr || std::ranges::find(absent, name) != absent.end();
        if (!there) {
            auto allowed = known.names_at(everywhere);
            allowed.emplace_back("*");
            errors.not_supported(list.index(i).child("name"), name, allowed);
        }
        out.insert(name);
    }
    return out;
}
/// What a set enables that stands at any of the points.
inline auto enabled_in(plugin_set const& set, known_plugins const& known, std::uint32_t where,
                       api::field_path const& at, api::field_errors& errors) -> enabled_plugins {
    auto out = enabled_plugins();
    auto const list = at.child("enabled");
    for (std::size_t i = 0; i < set.enabled.size(); ++i) {
        auto const& p = set.enabled[i];
        auto const* const it = known.find(p.name);
        auto const path = list.index(i);
        if (it == nullptr || (it->points & where) == 0)
            errors.not_supported(path.child("name"), p.name, known.names_at(where));
        else if (!out.emplace(p.name, p.weight.value_or(0)).second)
            errors.duplicate(path.child("name"), p.name);
    }
    return out;
}
/// What is on at all points together: what is by default, as the file changes it.
inline auto at_all_points(plugin_set const& set, known_plugins const& known, api::field_path const& at,
                          api::field_errors& errors) -> enabled_plugins {
    auto const gone = disabled_in(set, known, at, errors);
    auto out = enabled_in(set, known, everywhere, at, errors);
    if (gone.contains("*")) return out;
    for (auto const& s : stock)
        if (!gone.contains(s.name)) out.emplace(s.name, s.weight);
    return out;
}

/// What is on at one point, given what is on at all together.
inline auto enabled_at(named_point const& p, plugin_sets const& sets, known_plugins const& known,
                       enabled_plugins const& all_points, api::field_path const& at,
                       api::field_errors& errors) -> enabled_plugins {
    auto const path = at.child(p.name);
    auto const gone = disabled_in(sets.*p.set, known, path, errors);
    auto out = enabled_in(sets.*p.set, known, p.is, path, errors);
    if (gone.contains("*")) return out;
    for (auto const& [name, weight] : all_points) {
        auto const* const it = known.find(name);
        if (it != nullptr && (it->points & p.is) != 0 && !gone.contains(name)) out.emplace(name, weight);
    }
    return out;
}

/// One half of a plugin means nothing without the other here, where both are one leaf.
inline auto demand_both(enabled_plugins const& one, enabled_plugins const& other, std::uint32_t both,
                        std::string_view words, api::field_path const& at, api::field_errors& errors)
    -> void {
    for (auto const& s : stock) {
        if ((s.points & both) != both || one.contains(s.name) == other.contains(s.name)) continue;
        errors.forbidden(at, std::string(s.name) + " must be on at " + std::string(words) +
                                 " or at none of them");
    }
}

} // namespace berth::kube::configuration::detail

namespace berth::kube::configuration {

BERTH_DECL auto is_stock_plugin(std::string_view name) -> bool {
    return detail::known_plugins({}).find(name) != nullptr ||
           std::ranges::find(detail::absent, name) != detail::absent.end();
}

BERTH_DECL auto choose_plugins(plugin_sets const& sets, api::field_path const& at, profile_settings& to,
                               api::field_errors& errors, std::span<stock_plugin const> more) -> void {
    auto const known = detail::known_plugins(more);
    auto const all_points = detail::at_all_points(sets.multi_point, known, at.child("multiPoint"), errors);
    auto on = std::map<point, enabled_plugins>();
    for (auto const& p : detail::points)
        on[p.is] = detail::enabled_at(p, sets, known, all_points, at, errors);
    if (!errors.empty()) return;

    to.filters.clear();
    for (auto const& [name, weight] : on[point::filter]) to.filters.insert(name);
    to.scores.clear();
    for (auto const& [name, weight] : on[point::score]) to.scores.emplace(name, weight == 0 ? 1 : weight);
    to.gates = on[point::pre_enqueue].contains("SchedulingGates");
    to.preemption = on[point::post_filter].contains("DefaultPreemption");
    if (on[point::queue_sort].empty())
        errors.required(at.child("queueSort"), "one plugin must say which pod goes first: PrioritySort");
    if (on[point::bind].empty())
        errors.required(at.child("bind"), "one plugin must bind pods: DefaultBinder");
    auto const both = [&](point one, point other, std::string_view words) {
        detail::demand_both(on[one], on[other], one | other, words, at, errors);
    };
    both(point::pre_filter, point::filter, "preFilter and filter");
    both(point::pre_score, point::score, "preScore and score");
    both(point::filter, point::reserve, "filter, reserve and preBind");
    both(point::filter, point::pre_bind, "filter, reserve and preBind");
}

} // namespace berth::kube::configuration
