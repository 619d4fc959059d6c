#pragma once

/// \file
/// Random clusters and pods that use all that the default profile looks at but volumes.

#include "placing.hpp"

#include <berth/core/random.hpp>

#include <initializer_list>

namespace test {

inline constexpr auto zone = "topology.kubernetes.io/zone";
inline constexpr auto host = "kubernetes.io/hostname";

/// Draws clusters and pods that use all that the default profile looks at but volumes.
class drawing {
public:
    explicit drawing(std::uint64_t seed) : draw_(seed) {
        for (auto const* const name : {"default", "shop"}) {
            auto n = kube::namespace_();
            n.metadata.name = name;
            n.metadata.labels["team"] = name;
            catalogue_.namespaces.put(stored(std::move(n)));
        }
        auto s = kube::service();
        s.metadata.namespace_ = "shop";
        s.metadata.name = "web";
        s.spec.selector["app"] = "a";
        catalogue_.services.put(stored(std::move(s)));
    }

    auto node(std::string name) -> kube::node { return a_node(std::move(name)).done(); }
    auto pod(std::string name) -> kube::pod { return a_pod(std::move(name)).done(); }
    auto below(std::uint64_t n) -> std::size_t { return draw_.below(n); }
    auto budget() -> kube::pod_disruption_budget {
        auto out = kube::pod_disruption_budget();
        out.metadata.name = one_of({"first", "second"});
        out.metadata.namespace_ = one_of({"default", "shop"});
        out.spec.selector = a_selector();
        out.status.disruptions_allowed = static_cast<std::int32_t>(draw_.below(2));
        return out;
    }
    auto catalogue() -> kube::catalogue& { return catalogue_; }
    auto nodes(std::size_t n) -> std::vector<kube::node_info> {
        auto out = std::vector<kube::node_info>();
        for (std::size_t i = 0; i < n; ++i) out.push_back(info(a_node("n" + std::to_string(i))));
        return out;
    }
    auto pods(std::size_t n) -> std::vector<kube::pod_info> {
        auto out = std::vector<kube::pod_info>();
        for (std::size_t i = 0; i < n; ++i) out.push_back(info(a_pod("p" + std::to_string(i)), catalogue_));
        return out;
    }

private:
    auto chance(std::uint64_t in) -> bool { return draw_.below(in) == 0; }
    auto one_of(std::initializer_list<char const*> all) -> char const* {
        return all.begin()[draw_.below(all.size())];
    }

    auto a_node(std::string name) -> make_node {
        auto out = make_node(name);
        if (!chance(12)) out = out.label(host, name);
        if (!chance(8)) out = out.label(zone, one_of({"x", "y", "z", ""}));
        return out.with([&](kube::node& n) {
            n.status.allocatable["cpu"] = object::quantity::of(static_cast<std::int64_t>(draw_.below(3)) + 1);
            n.status.allocatable["memory"] = object::quantity::of(std::int64_t{2} << 30U);
            n.status.allocatable["pods"] =
                object::quantity::of(static_cast<std::int64_t>(draw_.below(5)) + 2);
            n.spec.unschedulable = chance(15);
            if (chance(6)) {
                auto& t = n.spec.taints.emplace_back();
                t.key = "k";
                t.effect = one_of({"NoSchedule", "PreferNoSchedule", "PreferNoSchedule"});
            }
            if (chance(3)) {
                auto& image = n.status.images.emplace_back();
                image.names.push_back("shop:1");
                image.size_bytes = std::int64_t{200} << 20U;
            }
        });
    }
    auto a_selector() -> object::label_selector { return selecting("app", one_of({"a", "b"})); }
    auto a_term() -> kube::pod_affinity_term {
        auto out = kube::pod_affinity_term();
        out.label_selector = a_selector();
        out.topology_key = one_of({zone, host});
        if (chance(3)) out.namespaces.push_back("shop");
        if (chance(3)) out.namespace_selector = selecting("team", one_of({"shop", "default"}));
        return out;
    }
    auto a_weighed_term() -> kube::weighted_pod_affinity_term {
        auto out = kube::weighted_pod_affinity_term();
        out.weight = static_cast<std::int32_t>(draw_.below(50)) + 1;
        out.pod_affinity_term = a_term();
        return out;
    }
    auto a_spread() -> kube::topology_spread_constraint {
        auto out = kube::topology_spread_constraint();
        out.max_skew = static_cast<std::int32_t>(draw_.below(3)) + 1;
        out.topology_key = one_of({zone, host});
        out.when_unsatisfiable = one_of({"DoNotSchedule", "ScheduleAnyway"});
        out.label_selector = a_selector();
        if (chance(4)) out.min_domains = 3;
        if (chance(4)) out.node_taints_policy.engage() = "Honor";
        return out;
    }
    auto a_pod(std::string name) -> make_pod {
        auto out = make_pod(name).label("app", one_of({"a", "b", "c"}));
        return out.with([&](kube::pod& p) {
            p.metadata.namespace_ = one_of({"default", "shop"});
            p.metadata.uid = name;
            if (!chance(3)) p.spec.priority = static_cast<std::int32_t>(draw_.below(3));
            if (chance(2))
                p.status.start_time =
                    object::timestamp(new_year + seconds(static_cast<std::int64_t>(draw_.below(3))));
            p.spec.containers[0].image = one_of({"shop:1", "other"});
            p.spec.containers[0].resources.requests["cpu"] =
                object::quantity::of_milli(static_cast<std::int64_t>(draw_.below(8)) * 50);
            if (chance(5)) {
                auto& port = p.spec.containers[0].ports.emplace_back();
                port.port = port.host_port = 80;
            }
            if (chance(4)) p.spec.tolerations.emplace_back().operator_ = "Exists";
            if (chance(8))
                p.metadata.deletion_timestamp = object::timestamp(berth::time_point::from_unix_seconds(1));
            if (chance(3)) p.spec.topology_spread_constraints.push_back(a_spread());
            if (chance(4)) p.spec.topology_spread_constraints.push_back(a_spread());
            if (chance(2)) affinity(p.spec.affinity.engage());
        });
    }
    auto affinity(kube::affinity& a) -> void {
        if (chance(3))
            a.pod_affinity.engage().required_during_scheduling_ignored_during_execution.push_back(a_term());
        if (chance(3))
            a.pod_anti_affinity.engage().required_during_scheduling_ignored_during_execution.push_back(
                a_term());
        if (chance(3))
            a.pod_affinity.engage().preferred_during_scheduling_ignored_during_execution.push_back(
                a_weighed_term());
        if (chance(3))
            a.pod_anti_affinity.engage().preferred_during_scheduling_ignored_during_execution.push_back(
                a_weighed_term());
        if (chance(4)) {
            auto& t =
                a.node_affinity.engage().preferred_during_scheduling_ignored_during_execution.emplace_back();
            t.weight = 7;
            auto& r = t.preference.match_expressions.emplace_back();
            r.key = zone;
            r.operator_ = "In";
            r.values.push_back("x");
        }
    }

    berth::random_engine draw_;
    kube::catalogue catalogue_;
};

} // namespace test
