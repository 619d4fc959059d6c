/// \file
/// What the scheduler remembers of its decisions stays true whatever becomes of the cluster.

#include "drawing.hpp"

#include <berth/kube/meta/index_labels.hpp>
#include <berth/kube/schedule/nominations.hpp>
#include <berth/kube/schedule/pod_placers.hpp>
#include <berth/kube/schedule/profile.hpp>
#include <berth/kube/schedule/scheduler_policies.hpp>
#include <berth/schedule/laws/placer.hpp>

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>

using namespace test;

namespace {

using policies = kube::policies_or_default<>;

/// Who is expected where.
struct promises {
    static constexpr bool looks_ahead = true;
    kube::nominations const* all;
    kube::cluster_state const* cluster;

    auto expected(kube::pod_info const& p, std::size_t, kube::node_info const& n) const
        -> std::optional<kube::node_info> {
        return all->expected(p, n);
    }
    auto promised(kube::pod_info const& p) const -> std::optional<std::size_t> {
        auto const* const node = all->node_of(p.value->metadata.uid);
        return node == nullptr ? std::nullopt : cluster->index_of(*node);
    }
    template <class Visit> auto for_each_expecting(Visit visit) const -> void {
        all->for_each_node([&](std::string const& node) {
            if (auto const at = cluster->index_of(node)) visit(*at);
        });
    }
};

/// A cluster to which things happen, and who remembers.
class history {
public:
    explicit history(std::uint64_t seed, bool numbered = false) : drawn_(seed) {
        drawn_.catalogue().indexes_matter = !numbered;
        cluster_.tell(&placers_);
        nominations_.tell([this](std::string const& node) {
            if (auto const at = cluster_.index_of(node)) placers_.expects(*at);
        });
        for (std::size_t i = 0; i < (seed % 2 == 0 ? 8 : 40); ++i) put_node(i);
        for (auto i = 0; i < 6; ++i) {
            auto p = numbered && i % 3 != 0 ? *waiting_.back().value : drawn_.pod("w" + std::to_string(i));
            p.metadata.name = p.metadata.uid = "w" + std::to_string(i);
            if (numbered) p.metadata.labels[kube::completion_index_key] = std::to_string(i);
            waiting_.emplace_back(stored(std::move(p)), drawn_.catalogue());
        }
    }

    auto go_on() -> void {
        switch (drawn_.below(14)) {
        case 0: put_node(drawn_.below(60)); break;
        case 1: cluster_.remove_node("n" + std::to_string(drawn_.below(60))); break;
        case 2:
        case 3: cluster_.remove_pod("uid" + std::to_string(drawn_.below(120))); break;
        case 4: change_catalogue(); break;
        case 5: grow_older(); break;
        case 6: promise(); break;
        case 7: nominations_.drop("w" + std::to_string(drawn_.below(6))); break;
        default: break;
        }
        auto const& p = waiting_[drawn_.below(waiting_.size())];
        auto const ahead = promises{&nominations_, &cluster_};
        using universe = schedule::detail::policies_of<policies>::universe;
        auto record = schedule::detail::no_record{};
        auto const nodes = std::span<kube::node_info const>(cluster_.nodes());
        auto const wanted =
            schedule::detail::decide_with_room<universe>(p, nodes, profile(), work_, record, ahead);
        auto const found = placers_.decide(profile(), p, nodes, ahead);
        REQUIRE(found.has_value());
        REQUIRE(schedule::laws::detail::difference(wanted, *found) == "");
        if (found->where) {
            ++placed;
            return put_pod(p, nodes[found->where->node].name());
        }
        ++refused;
        if (!found->room) return;
        ++evicted;
        nominations_.put(std::make_shared<kube::pod_info const>(p), nodes[found->room->node].name());
        if (drawn_.below(3) == 0) return;
        for (auto const& v : found->room->victims) cluster_.remove_pod(v->value->metadata.uid);
    }

    std::size_t placed = 0;
    std::size_t refused = 0;
    std::size_t evicted = 0;

private:
    [[nodiscard]] auto profile() const -> decltype(policies::first) const& { return by_.first; }

    auto put_node(std::size_t i) -> void { cluster_.put_node(stored(drawn_.node("n" + std::to_string(i)))); }
    /// A pod like `p` comes to a node; or one that is there has moved, or has other labels.
    auto put_pod(kube::pod_info const& p, std::string const& node) -> void {
        auto one = *p.value;
        one.metadata.uid = "uid" + std::to_string(drawn_.below(120));
        one.metadata.name = one.metadata.uid;
        if (drawn_.below(6) == 0) one.metadata.labels["app"] = "c";
        cluster_.put_pod(kube::pod_info(stored(std::move(one)), drawn_.catalogue()), node);
    }
    /// A pod that is there begins to run, or has begun at another time.
    auto grow_older() -> void {
        auto const before = cluster_.find_pod("uid" + std::to_string(drawn_.below(120)));
        if (!before) return;
        auto one = *before->value;
        one.status.start_time =
            object::timestamp(new_year + seconds(static_cast<std::int64_t>(drawn_.below(5))));
        auto const node = *cluster_.node_of(one.metadata.uid);
        cluster_.put_pod(kube::pod_info(stored(std::move(one)), drawn_.catalogue()), node);
    }
    /// A node is promised to one of those who wait.
    auto promise() -> void {
        auto const& p = waiting_[drawn_.below(waiting_.size())];
        nominations_.put(std::make_shared<kube::pod_info const>(p), "n" + std::to_string(drawn_.below(60)));
    }
    auto change_catalogue() -> void {
        auto& all = drawn_.catalogue();
        if (drawn_.below(2) == 0) {
            auto b = drawn_.budget();
            auto const space = b.metadata.namespace_;
            all.budgets.put(stored(std::move(b)));
            return placers_.hear(kube::kind_changed<kube::pod_disruption_budget>(), space);
        }
        if (drawn_.below(2) == 0) {
            return change_service();
        }
        auto n = kube::namespace_();
        n.metadata.name = "default";
        n.metadata.labels["team"] = drawn_.below(2) == 0 ? "shop" : "default";
        all.namespaces.put(stored(std::move(n)));
        placers_.hear(kube::kind_changed<kube::namespace_>(), "");
    }

    /// A service comes, goes, selects others, or is somewhere else.
    auto change_service() -> void {
        auto& all = drawn_.catalogue().services;
        auto const* const known = all.find("shop", "web");
        auto const before = known == nullptr ? std::optional<kube::service>() : *known;
        auto after = std::optional<kube::service>();
        if (!before) {
            after.emplace();
            after->metadata.namespace_ = "shop";
            after->metadata.name = "web";
            after->spec.selector["app"] = "b";
        } else if (drawn_.below(3) != 0) {
            after = before;
            if (drawn_.below(2) == 0) after->spec.selector["app"] = drawn_.below(2) == 0 ? "a" : "b";
            else after->status.load_balancer.ingress.emplace_back().ip = "10.0.0.1";
        }
        if (after) all.put(stored(kube::service(*after)));
        else (void)all.remove("shop", "web");
        placers_.hear(
            kube::kind_changed<kube::service>{before ? &*before : nullptr, after ? &*after : nullptr},
            "shop");
    }

    drawing drawn_;
    kube::cluster_state cluster_;
    policies by_{kube::ordered_by_priority(kube::default_profile)};
    kube::pod_placers<policies> placers_{cluster_};
    kube::nominations nominations_;
    std::vector<kube::pod_info> waiting_;
    schedule::workspace work_;
};

} // namespace

TEST_CASE("what is remembered of decisions stays true whatever becomes of the cluster") {
    auto refused = std::size_t{0};
    auto evicted = std::size_t{0};
    for (std::uint64_t seed = 0; seed < 40; ++seed) {
        INFO("seed " << seed);
        auto h = history(seed);
        for (auto n = 0; n < 150; ++n) h.go_on();
        CHECK(h.placed > 0);
        refused += h.refused;
        evicted += h.evicted;
    }
    CHECK(refused > 500); // or it would say little of refusals
    CHECK(evicted > 200);
}

TEST_CASE("what is remembered of pods that are numbered stays true, too, if nobody asks for the numbers") {
    for (std::uint64_t seed = 0; seed < 30; ++seed) {
        INFO("seed " << seed);
        auto h = history(seed, true);
        for (auto n = 0; n < 150; ++n) h.go_on();
        CHECK(h.placed > 0);
    }
}

TEST_CASE("who may remember no class leaves the decision to others") {
    auto cluster = kube::cluster_state();
    cluster.put_node(stored(roomy("a").done()));
    auto placers = kube::pod_placers<policies>(cluster, {.classes = 0});
    auto const by = policies(kube::ordered_by_priority(kube::default_profile));
    CHECK(!placers.decide(by.first, info(make_pod("p")), cluster.nodes(), schedule::as_they_are{}));
}

TEST_CASE("the first match of a preference may be on a node without the label that it is about") {
    auto cluster = kube::cluster_state();
    auto placers = kube::pod_placers<policies>(cluster);
    cluster.tell(&placers);
    for (auto i = 0; i < 40; ++i) {
        auto n = roomy("n" + std::to_string(i));
        cluster.put_node(stored((i == 0 ? n : n.label(zone, "z" + std::to_string(i % 3))).done()));
    }
    auto const by = policies(kube::ordered_by_priority(kube::default_profile));
    auto const p = info(make_pod("p").with([](kube::pod& pod) {
        auto& t = pod.spec.affinity.engage()
                      .pod_affinity.engage()
                      .preferred_during_scheduling_ignored_during_execution.emplace_back();
        t.weight = 10;
        t.pod_affinity_term.topology_key = zone;
        t.pod_affinity_term.label_selector = selecting("app", "a");
    }));
    auto const agree = [&] {
        auto const found = placers.decide(by.first, p, cluster.nodes(), schedule::as_they_are{});
        auto const wanted = schedule::place(p, cluster.nodes(), by.first);
        REQUIRE(found.has_value());
        REQUIRE(found->where.has_value());
        REQUIRE(wanted.has_value());
        CHECK(*found->where == *wanted);
    };
    agree();
    for (auto const* const node : {"n0", "n0", "n4", "n0", "n5"}) {
        auto const name = node + std::to_string(cluster.nodes()[0].pods.size());
        cluster.put_pod(info(make_pod(name).label("app", "a").with([&](auto& q) { q.metadata.uid = name; })),
                        node);
        agree();
    }
}
