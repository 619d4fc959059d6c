/// \file
/// What the stock filters skip would not have helped: changes of nodes, and pods that come and go.

#include "placing.hpp"
#include "volume_world.hpp"

#include <berth/core/random.hpp>
#include <berth/kube/schedule/pod_changes.hpp>
#include <berth/kube/schedule/profile.hpp>
#include <berth/schedule/laws/hints.hpp>

#include <string_view>

using namespace test;

namespace {

/// Small clusters in which everything matters to somebody.
class drawing {
public:
    explicit drawing(std::uint64_t seed) : draw_(seed) {}

    auto pod(std::string name) -> make_pod {
        auto out = asking(name, "cpu", 500 * (1 + below(4)));
        out.label("app", one_of("web", "db"));
        return out.with([&](kube::pod& p) {
            p.metadata.uid = std::move(name);
            if (below(4) == 0) p.spec.node_selector["disk"] = one_of("ssd", "hdd");
            if (below(4) == 0) p.spec.containers[0].ports.emplace_back().host_port = 80;
            if (below(3) == 0) {
                auto& t = p.spec.tolerations.emplace_back();
                t.key = "gpu";
                t.operator_ = "Exists";
            }
            if (below(3) == 0) company(p);
            if (below(3) == 0) spread(p);
        });
    }
    auto node(std::string name) -> kube::node_info {
        auto made = roomy(name);
        if (below(8) > 0) made = made.label("zone", one_of("a", "b"));
        if (below(2) == 0) made = made.label("disk", one_of("ssd", "hdd"));
        if (below(4) == 0) made.tainted("gpu", "NoSchedule");
        made.with([&](kube::node& n) { n.spec.unschedulable = below(6) == 0; });
        auto pods = std::vector<make_pod>();
        for (auto i = below(3); i > 0; --i) pods.push_back(pod(name + "-" + std::to_string(i)));
        return info(made, pods);
    }
    auto below(std::int64_t n) -> std::int64_t {
        return static_cast<std::int64_t>(draw_.below(static_cast<std::uint64_t>(n)));
    }

private:
    auto one_of(std::string_view a, std::string_view b) -> std::string {
        return std::string(below(2) == 0 ? a : b);
    }
    auto company(kube::pod& p) -> void {
        auto term = kube::pod_affinity_term();
        term.label_selector = selecting("app", one_of("web", "db"));
        term.topology_key = "zone";
        auto wanted = kube::pod_affinity();
        auto excluded = kube::pod_anti_affinity();
        auto all = kube::affinity();
        if (below(2) == 0) {
            wanted.required_during_scheduling_ignored_during_execution.push_back(term);
            all.pod_affinity = wanted;
        } else {
            excluded.required_during_scheduling_ignored_during_execution.push_back(term);
            all.pod_anti_affinity = excluded;
        }
        p.spec.affinity = all;
    }
    auto spread(kube::pod& p) -> void {
        auto& c = p.spec.topology_spread_constraints.emplace_back();
        c.max_skew = 1;
        c.topology_key = "zone";
        c.when_unsatisfiable = "DoNotSchedule";
        c.label_selector = selecting("app", one_of("web", "db"));
    }

    berth::random_engine draw_;
};

constexpr auto stock = kube::default_profile.filter;

/// What changes of a node when a pod comes to it or leaves it.
constexpr auto what_pods_take() {
    using universe = schedule::detail::universe_of_filter<std::remove_cvref_t<decltype(stock)>>;
    using schedule::detail::facet_constant;
    using mine = schedule::detail::facet_list<
        facet_constant<&kube::node_info::pods>, facet_constant<&kube::node_info::requested>,
        facet_constant<&kube::node_info::ports>, facet_constant<kube::facets::pod_count>>;
    return mine::template among<universe>();
}

} // namespace

TEST_CASE("no change of nodes that the stock filters skip would have helped") {
    for (std::uint64_t seed = 1; seed <= 25; ++seed) {
        auto draw = drawing(seed);
        auto pods = std::vector<kube::pod_info>();
        auto nodes = std::vector<kube::node_info>();
        for (auto i = 0; i < 8; ++i) pods.push_back(info(draw.pod("p" + std::to_string(i))));
        for (auto i = 0; i < 6; ++i) nodes.push_back(draw.node("n" + std::to_string(i)));
        schedule::laws::hints(stock, pods, nodes,
                              [&](std::string_view law, bool holds, std::string const& where) {
                                  INFO(std::string(law) + ": " + where + ", seed " + std::to_string(seed));
                                  CHECK(holds);
                              });
    }
}

TEST_CASE("no pod that comes or goes and is skipped by the stock filters would have helped") {
    auto skipped = 0;
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        auto draw = drawing(seed);
        auto const p = info(draw.pod("p"));
        auto nodes = std::vector<kube::node_info>();
        for (auto i = 0; i < 3; ++i) nodes.push_back(draw.node("n" + std::to_string(i)));
        auto const waiting =
            schedule::laws::detail::refused_task<std::remove_cvref_t<decltype(stock)>, kube::pod_info,
                                                 kube::node_info>(stock, p, nodes);
        if (!waiting.is_refused()) continue;
        for (std::size_t i = 0; i < nodes.size(); ++i) {
            INFO("seed " << seed << ", node " << i);
            for (auto const& leaving : nodes[i].pods) {
                auto row = nodes;
                row[i].remove(*leaving);
                auto const skips = waiting.skips(what_pods_take(), kube::pod_went{*leaving});
                skipped += skips ? 1 : 0;
                CHECK((!skips || waiting.still_refused(row)));
            }
            auto const coming = std::make_shared<kube::pod_info const>(info(draw.pod("new")));
            auto row = nodes;
            row[i].add(coming);
            using universe = schedule::detail::universe_of_filter<std::remove_cvref_t<decltype(stock)>>;
            constexpr auto pods_facet = schedule::detail::facet_list<
                schedule::detail::facet_constant<&kube::node_info::pods>>::template among<universe>();
            auto const skips = waiting.skips(pods_facet, kube::pod_came{*coming, nullptr});
            skipped += skips ? 1 : 0;
            CHECK((!skips || waiting.still_refused(row)));
        }
    }
    CHECK(skipped > 100);
}

TEST_CASE("a change of an object is about what it was and about what it is") {
    auto const a = make_claim("a").done();
    auto const b = make_claim("b").done();
    using changed = kube::kind_changed<kube::persistent_volume_claim>;
    auto const is_a = [](auto const& c) { return c.metadata.name == "a"; };
    CHECK(changed{&a, &b}.either(is_a));
    CHECK(changed{&b, &a}.either(is_a));
    CHECK(changed{&a, nullptr}.either(is_a));
    CHECK_FALSE(changed{&b, &b}.either(is_a));
    CHECK_FALSE(changed{}.either(is_a));
}

TEST_CASE("who looks at the pods of nodes sees where they are, their labels, and that they leave") {
    auto const p = make_pod("p").label("app", "web");
    auto const as = [](make_pod m, void (*how)(kube::pod&)) { return info(m.with(how)); };
    CHECK_FALSE(kube::looks_different(info(p), info(p)));
    CHECK_FALSE(kube::looks_different(info(p), as(p, [](auto& q) { q.status.phase = "Running"; })));
    CHECK(kube::looks_different(info(p), as(p, [](auto& q) { q.spec.node_name = "n"; })));
    CHECK(kube::looks_different(info(p), as(p, [](auto& q) { q.metadata.labels.clear(); })));
    CHECK(kube::looks_different(
        info(p), as(p, [](auto& q) { q.metadata.deletion_timestamp = object::timestamp(new_year); })));
}
