/// \file
/// What the scheduler remembers of its decisions stays true whatever becomes of the cluster.

#include "drawing.hpp"

#include <berth/kube/schedule/pod_placers.hpp>
#include <berth/kube/schedule/profile.hpp>
#include <berth/kube/schedule/scheduler_policies.hpp>

#include <utility>

using namespace test;

namespace {

using policies = kube::policies_or_default<>;

/// A cluster to which things happen, and who remembers.
class history {
public:
    explicit history(std::uint64_t seed) : drawn_(seed) {
        cluster_.tell(&placers_);
        for (auto i = 0; i < 40; ++i) put_node(i);
        for (auto i = 0; i < 6; ++i)
            waiting_.emplace_back(stored(drawn_.pod("w" + std::to_string(i))), drawn_.catalogue());
    }

    auto go_on() -> void {
        switch (drawn_.below(10)) {
        case 0: put_node(drawn_.below(60)); break;
        case 1: cluster_.remove_node("n" + std::to_string(drawn_.below(60))); break;
        case 2:
        case 3: cluster_.remove_pod("uid" + std::to_string(drawn_.below(120))); break;
        case 4: change_catalogue(); break;
        default: break;
        }
        auto const& p = waiting_[drawn_.below(waiting_.size())];
        auto const wanted = schedule::place(p, cluster_.nodes(), profile(), work_);
        auto const found = placers_.place(profile(), p, cluster_.nodes(), schedule::as_they_are{});
        REQUIRE(found.has_value() == wanted.has_value());
        if (!found) return;
        REQUIRE(*found == *wanted);
        put_pod(p, cluster_.nodes()[found->node].name());
    }

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
    auto change_catalogue() -> void {
        auto& all = drawn_.catalogue();
        if (drawn_.below(2) == 0) {
            if (!all.services.remove("shop", "web")) {
                auto s = kube::service();
                s.metadata.namespace_ = "shop";
                s.metadata.name = "web";
                s.spec.selector["app"] = "b";
                all.services.put(stored(std::move(s)));
            }
            return placers_.hear<kube::service>("shop");
        }
        auto n = kube::namespace_();
        n.metadata.name = "default";
        n.metadata.labels["team"] = drawn_.below(2) == 0 ? "shop" : "default";
        all.namespaces.put(stored(std::move(n)));
        placers_.hear<kube::namespace_>("");
    }

    drawing drawn_;
    kube::cluster_state cluster_;
    policies by_{kube::ordered_by_priority(kube::default_profile)};
    kube::pod_placers<policies> placers_{cluster_};
    std::vector<kube::pod_info> waiting_;
    schedule::workspace work_;
};

} // namespace

TEST_CASE("what is remembered of decisions stays true whatever becomes of the cluster") {
    for (std::uint64_t seed = 0; seed < 40; ++seed) {
        INFO("seed " << seed);
        auto h = history(seed);
        for (auto n = 0; n < 150; ++n) h.go_on();
    }
}

TEST_CASE("who may remember no class leaves the decision to others") {
    auto cluster = kube::cluster_state();
    cluster.put_node(stored(roomy("a").done()));
    auto placers = kube::pod_placers<policies>(cluster, {.classes = 0});
    auto const by = policies(kube::ordered_by_priority(kube::default_profile));
    CHECK(!placers.place(by.first, info(make_pod("p")), cluster.nodes(), schedule::as_they_are{}));
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
        auto const found = placers.place(by.first, p, cluster.nodes(), schedule::as_they_are{});
        auto const wanted = schedule::place(p, cluster.nodes(), by.first);
        REQUIRE(found.has_value());
        REQUIRE(wanted.has_value());
        CHECK(*found == *wanted);
    };
    agree();
    for (auto const* const node : {"n0", "n0", "n4", "n0", "n5"}) {
        auto const name = node + std::to_string(cluster.nodes()[0].pods.size());
        cluster.put_pod(info(make_pod(name).label("app", "a").with([&](auto& q) { q.metadata.uid = name; })),
                        node);
        agree();
    }
}
