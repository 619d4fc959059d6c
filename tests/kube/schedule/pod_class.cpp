/// \file
/// Pods that are alike for the scheduler, and the law of the placer on the whole default profile: it decides
/// as `schedule::place` does, whatever pods come and go.

#include "drawing.hpp"

#include <berth/kube/meta/index_labels.hpp>
#include <berth/kube/schedule/facets.hpp>
#include <berth/kube/schedule/pod_class.hpp>
#include <berth/kube/schedule/profile.hpp>
#include <berth/schedule/laws/placer.hpp>

using namespace test;

namespace {

auto enter(kube::pod_info const& p, kube::node_info& n) -> void { n.add(p); }
auto leave(kube::pod_info const& p, kube::node_info& n) -> void { n.remove(p); }

/// A pod with an index, as jobs make them.
auto numbered(make_pod const& p, std::string const& index) -> make_pod {
    return make_pod(p).label(std::string(kube::completion_index_key), index).with([&](kube::pod& o) {
        o.metadata.annotations[kube::completion_index_key] = index;
    });
}
/// Calls `change(pod, selector)` with a selector that asks for an index, and one that does not.
template <class F> auto asking_and_not(F change) -> std::pair<kube::pod_info, kube::pod_info> {
    auto const with = [&](std::string const& key) {
        return info(make_pod("p").with([&](kube::pod& p) { change(p, key); }));
    };
    return {with(std::string(kube::completion_index_key)), with("app")};
}

} // namespace

TEST_CASE("a placer decides as place does under the default profile") {
    for (std::uint64_t seed = 0; seed < 40; ++seed) {
        auto drawn = drawing(seed);
        auto const nodes = drawn.nodes(seed % 3 == 0 ? 4 : 25);
        auto const pods = drawn.pods(8);
        schedule::laws::placer<kube::facets::pod_books>(kube::default_profile, pods, nodes, enter, leave,
                                                        seed, 120, held);
    }
    auto drawn = drawing(99);
    auto const pods = drawn.pods(12);
    schedule::laws::placer<kube::facets::pod_books>(kube::default_profile, pods, drawn.nodes(400), enter,
                                                    leave, 99, 300, held);
}

TEST_CASE("pods of one class differ in nothing that their place may depend on") {
    auto const same = [](make_pod const& a, make_pod const& b) {
        auto const x = info(a);
        auto const y = info(b);
        auto const equal = x.placement_class() == y.placement_class();
        if (equal) CHECK(x.class_hash == y.class_hash);
        return equal;
    };
    CHECK(same(make_pod("a"), make_pod("b")));
    CHECK(!same(make_pod("a").label("app", "x"), make_pod("a")));
    CHECK(!same(asking("a", "cpu", 100), asking("a", "cpu", 200)));
    CHECK(!same(asking("a", "example.com/gpu", 1000), make_pod("a")));
    auto const with_volume = [](std::string name, auto change) {
        return make_pod(std::move(name)).with([&](kube::pod& p) { change(p.spec.volumes.emplace_back()); });
    };
    auto const token = [](std::string volume) {
        return [volume = std::move(volume)](kube::volume& v) {
            v.name = volume;
            v.projected.engage();
        };
    };
    CHECK(same(with_volume("a", token("kube-api-access-1")), with_volume("b", token("kube-api-access-2"))));
    auto const claim = [](std::string of) {
        return [of = std::move(of)](kube::volume& v) { v.persistent_volume_claim.engage().claim_name = of; };
    };
    CHECK(same(with_volume("a", claim("data")), with_volume("b", claim("data"))));
    CHECK(!same(with_volume("a", claim("data-0")), with_volume("b", claim("data-1"))));
    CHECK(!same(with_volume("a", claim("data")), make_pod("b")));
    auto const made = [](kube::volume& v) { v.ephemeral.engage(); };
    CHECK(!same(with_volume("a", made), with_volume("b", made)));
    CHECK(same(with_volume("a", made), with_volume("a", made)));
}

TEST_CASE("numbers of pods and their annotations tell them apart only where those matter") {
    auto all = kube::catalogue();
    auto const same = [&](make_pod const& a, make_pod const& b) {
        auto const x = info(a, all);
        auto const y = info(b, all);
        auto const equal = x.placement_class() == y.placement_class();
        if (equal) CHECK(x.class_hash == y.class_hash);
        return equal;
    };
    auto const p = make_pod("p").label("app", "web").label("tier", "back");
    CHECK(!same(numbered(p, "0"), numbered(p, "1")));
    all.indexes_matter = false;
    CHECK(same(numbered(p, "0"), numbered(p, "1")));
    CHECK(same(numbered(p, "0"), p));
    CHECK(!same(numbered(p, "0"), numbered(make_pod("p").label("app", "web"), "0")));
    CHECK(!same(numbered(p, "0"), numbered(make_pod("p").label("app", "web").label("tier", "front"), "0")));
    auto const before = info(numbered(p, "0"), all);
    auto const other = info(numbered(p, "1"), all);
    REQUIRE(before.placement_class() == other.placement_class());
    all.indexes_matter = true; // of those that are known already, too
    CHECK(!(before.placement_class() == other.placement_class()));
}

TEST_CASE("a pod asks for numbers of pods by its affinity to pods, or by how it is to be spread") {
    auto const term = [](std::string const& key) {
        auto out = kube::pod_affinity_term();
        out.topology_key = zone;
        out.label_selector = selecting(key, "0");
        return out;
    };
    auto const check = [](std::pair<kube::pod_info, kube::pod_info> const& both) {
        CHECK(kube::asks_for_indexes(both.first));
        CHECK_FALSE(kube::asks_for_indexes(both.second));
    };
    check(asking_and_not([&](kube::pod& p, std::string const& key) {
        auto& a = p.spec.affinity.engage().pod_affinity.engage();
        a.required_during_scheduling_ignored_during_execution.push_back(term(key));
    }));
    check(asking_and_not([&](kube::pod& p, std::string const& key) {
        auto& a = p.spec.affinity.engage().pod_anti_affinity.engage();
        a.required_during_scheduling_ignored_during_execution.push_back(term(key));
    }));
    check(asking_and_not([&](kube::pod& p, std::string const& key) {
        auto& a = p.spec.affinity.engage().pod_affinity.engage();
        auto& t = a.preferred_during_scheduling_ignored_during_execution.emplace_back();
        t.pod_affinity_term = term(key);
    }));
    check(asking_and_not([&](kube::pod& p, std::string const& key) {
        auto& a = p.spec.affinity.engage().pod_anti_affinity.engage();
        auto& t = a.preferred_during_scheduling_ignored_during_execution.emplace_back();
        t.pod_affinity_term = term(key);
    }));
    check(asking_and_not([&](kube::pod& p, std::string const& key) {
        p.spec.topology_spread_constraints.emplace_back().label_selector = selecting(key, "0");
    }));
    check(asking_and_not([&](kube::pod& p, std::string const& key) {
        p.spec.topology_spread_constraints.emplace_back().match_label_keys.push_back(key);
    }));
    CHECK_FALSE(kube::asks_for_indexes(info(numbered(make_pod("p"), "0"))));
}

TEST_CASE("a placer decides as place does for numbered pods of which nobody asks for the number") {
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        auto drawn = drawing(seed);
        drawn.catalogue().indexes_matter = false;
        auto const nodes = drawn.nodes(seed % 3 == 0 ? 4 : 25);
        auto pods = std::vector<kube::pod_info>();
        for (auto const& p : drawn.pods(4))
            for (auto const* const index : {"0", "1", "2"}) {
                auto one = *p.value;
                one.metadata.uid += index;
                one.metadata.labels[kube::completion_index_key] = index;
                one.metadata.annotations[kube::completion_index_key] = index;
                pods.emplace_back(stored(std::move(one)), drawn.catalogue());
            }
        schedule::laws::placer<kube::facets::pod_books>(kube::default_profile, pods, nodes, enter, leave,
                                                        seed, 120, held);
    }
}
