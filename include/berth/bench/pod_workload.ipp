#pragma once

/// \file
/// Bodies of `pod_workload.hpp`: the shapes of `scheduler_perf` one by one, and clusters made of them.

#include <berth/bench/pod_workload.hpp>
#include <berth/core/assert.hpp>
#include <berth/kube/schedule/profile.hpp>

#include <utility>

namespace berth::bench {

namespace detail {

/// A pod for itself.
BERTH_DECL auto plain(std::int64_t i) -> kube::pod { return make_pod(i); }

/// Pods for themselves.
BERTH_DECL auto lonely_shapes(std::vector<pod_shape>& out) -> void {
    out.push_back({.name = "SchedulingBasic", .there = plain, .comes = plain});
    out.push_back({.name = "SchedulingDaemonset",
                   .there = plain,
                   .comes = [](std::int64_t i) { return on_node(i, "node-7"); },
                   .round = 20});
    out.push_back({.name = "SchedulingNodeAffinity", .zones = 1, .there = plain, .comes = in_two_zones});
    out.push_back({.name = "ExtendedResource", .there = plain, .comes = [](std::int64_t i) {
                       auto p = make_pod(i);
                       p.spec.containers[0].resources.requests["foo.com/bar"] = object::quantity::of(1);
                       return p;
                   }});
    out.push_back({.name = "Unschedulable",
                   .there = plain,
                   .comes = [](std::int64_t i) { return make_pod(i, {.cpu_milli = 9000}); },
                   .hopeless = true});
    out.push_back({.name = "SchedulingBasicBesidePromises", .there = plain, .comes = plain, .promised = 100});
}
/// Pods for whom others leave: four of them take 3.6 of 4 processors, and three of them leave for one that
/// needs 3.
BERTH_DECL auto room_shapes(std::vector<pod_shape>& out) -> void {
    out.push_back({.name = "PreemptionBasic",
                   .first = 4,
                   .there = [](std::int64_t i) { return important(i, 0, 900); },
                   .comes = [](std::int64_t i) { return important(i, 10, 3000); },
                   .round = 500,
                   .evicts = true});
    out.push_back({.name = "PreemptionHopeless",
                   .first = 4,
                   .there = [](std::int64_t i) { return important(i, 10, 900); },
                   .comes = [](std::int64_t i) { return important(i, 10, 3000); },
                   .round = 500,
                   .hopeless = true});
}
/// Pods of all sorts. Anti-affinity on hosts leaves no room for more than one a node.
BERTH_DECL auto mixed(std::int64_t i) -> kube::pod {
    switch (i % 10) {
    case 0: return apart(i, company_of("green", host_label));
    case 1:
    case 2: return together(i, company_of("blue", zone_label));
    case 3:
    case 4: return rather_together(i, company_of("red", host_label));
    case 5:
    case 6: return rather_apart(i, company_of("yellow", host_label));
    default: return make_pod(i);
    }
}
/// Pods that look for others, or flee them.
BERTH_DECL auto company_shapes(std::vector<pod_shape>& out) -> void {
    constexpr auto no_more = [](std::int64_t i) { return apart(i, company_of("green", host_label)); };
    out.push_back({.name = "SchedulingPodAntiAffinity",
                   .first = 0.2,
                   .there = no_more,
                   .comes = no_more,
                   .round = 400});
    constexpr auto with_blue = [](std::int64_t i) { return together(i, company_of("blue", zone_label)); };
    out.push_back({.name = "SchedulingPodAffinity", .zones = 1, .there = with_blue, .comes = with_blue});
    constexpr auto with_red = [](std::int64_t i) {
        return rather_together(i, company_of("red", host_label));
    };
    out.push_back({.name = "SchedulingPreferredPodAffinity", .there = with_red, .comes = with_red});
    constexpr auto no_yellow = [](std::int64_t i) {
        return rather_apart(i, company_of("yellow", host_label));
    };
    out.push_back({.name = "SchedulingPreferredPodAntiAffinity", .there = no_yellow, .comes = no_yellow});
    out.push_back({.name = "MixedSchedulingBasePod", .zones = 1, .first = 2, .there = mixed, .comes = plain});
}
/// Pods that spread.
BERTH_DECL auto spread_shapes(std::vector<pod_shape>& out) -> void {
    constexpr auto spread = [](std::int64_t i) { return spread_over_zones(i, "DoNotSchedule"); };
    out.push_back({.name = "TopologySpreading", .zones = 3, .there = plain, .comes = spread});
    constexpr auto rather_spread = [](std::int64_t i) { return spread_over_zones(i, "ScheduleAnyway"); };
    out.push_back({.name = "PreferredTopologySpreading", .zones = 3, .there = plain, .comes = rather_spread});
    out.push_back({.name = "DefaultTopologySpreading",
                   .zones = 3,
                   .there = plain,
                   .comes = [](std::int64_t i) { return colored(i, "blue"); },
                   .furnish =
                       [](kube::catalogue& c) {
                           auto s = kube::service();
                           s.metadata.namespace_ = "sched-1";
                           s.metadata.name = "blue";
                           s.spec.selector["color"] = "blue";
                           c.services.put(as_stored(std::move(s)));
                       }});
}
/// Pods that look for those of many namespaces, or flee them.
BERTH_DECL auto team_shapes(std::vector<pod_shape>& out) -> void {
    constexpr auto teams = [](kube::catalogue& c) {
        for (auto i = 0; i < 100; ++i) {
            auto n = kube::namespace_();
            n.metadata.name = "devops-" + std::to_string(i);
            n.metadata.labels["team"] = "devops";
            c.namespaces.put(as_stored(std::move(n)));
        }
    };
    constexpr auto no_more_of_all = [](std::int64_t i) {
        return in_devops(apart(i, of_devops(company_of("green", host_label))));
    };
    out.push_back({.name = "RequiredPodAntiAffinityWithNSSelector",
                   .first = 0.2,
                   .there = no_more_of_all,
                   .comes = no_more_of_all,
                   .round = 400,
                   .furnish = teams});
    constexpr auto with_all = [](std::int64_t i) {
        return in_devops(together(i, of_devops(company_of("blue", zone_label))));
    };
    out.push_back({.name = "RequiredPodAffinityWithNSSelector",
                   .zones = 1,
                   .there = with_all,
                   .comes = with_all,
                   .furnish = teams});
    constexpr auto rather_all = [](std::int64_t i) {
        return in_devops(rather_together(i, of_devops(company_of("red", host_label))));
    };
    out.push_back({.name = "PreferredAffinityWithNSSelector",
                   .there = rather_all,
                   .comes = rather_all,
                   .furnish = teams});
    constexpr auto rather_none = [](std::int64_t i) {
        return in_devops(rather_apart(i, of_devops(company_of("yellow", host_label))));
    };
    out.push_back({.name = "PreferredAntiAffinityWithNSSelector",
                   .there = rather_none,
                   .comes = rather_none,
                   .furnish = teams});
}

} // namespace detail

BERTH_DECL auto scheduler_perf() -> std::span<pod_shape const> {
    static auto const all = [] {
        auto out = std::vector<pod_shape>();
        detail::lonely_shapes(out);
        detail::room_shapes(out);
        detail::company_shapes(out);
        detail::spread_shapes(out);
        detail::team_shapes(out);
        return out;
    }();
    return all;
}
BERTH_DECL auto find_shape(std::string_view name) -> pod_shape const* {
    for (auto const& s : scheduler_perf())
        if (s.name == name) return &s;
    return nullptr;
}

BERTH_DECL auto make_workload(pod_shape const& shape, std::int64_t nodes, node_size const& size)
    -> pod_workload {
    auto const catalogue = std::make_shared<kube::catalogue>();
    if (shape.furnish != nullptr) shape.furnish(*catalogue);
    auto const handle = [&](kube::pod p) {
        return std::make_shared<kube::pod_info const>(as_stored(std::move(p)), *catalogue);
    };
    auto out = pod_workload{.nodes = {}, .tasks = {}, .books = {catalogue}};
    auto sized = size;
    if (sized.zones == 0) sized.zones = shape.zones;
    if (sized.foos == 0) sized.foos = 100;
    for (std::int64_t i = 0; i < nodes; ++i) out.nodes.emplace_back(as_stored(make_node(i, sized)));
    auto const first = static_cast<std::int64_t>(static_cast<double>(nodes) * shape.first);
    using profile = std::remove_cvref_t<decltype(kube::default_profile)>;
    auto placer =
        schedule::placer<kube::pod_info, kube::node_info, profile, pod_books::touches>(kube::default_profile);
    for (std::int64_t i = 0; i < first; ++i) {
        auto const p = handle(shape.there(i));
        auto const where = placer.place(*p, out.nodes);
        if (!where) continue;
        out.nodes[where->node].add(p);
        placer.entered(*p, where->node, out.nodes);
    }
    for (std::int64_t i = 0; i < shape.round; ++i) out.tasks.push_back(handle(shape.comes(first + i)));
    return out;
}
BERTH_DECL auto make_workload(std::string_view shape, std::int64_t nodes) -> pod_workload {
    auto const* const found = find_shape(shape);
    BERTH_ASSERT(found != nullptr, "there is no shape of this name: see bench::scheduler_perf");
    return make_workload(*found, nodes);
}

} // namespace berth::bench
