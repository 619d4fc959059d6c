/// \file
/// All controllers together, in virtual time, under several seeds.

#include "../cluster.hpp"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <map>
#include <set>

using namespace test;
using words = std::vector<std::string>;

namespace {

/// A claim for storage of a class, as a manifest would have it; a claim without a class is of none.
auto wanted_storage(std::string name, std::int64_t size, std::string kind = "")
    -> kube::persistent_volume_claim {
    auto c = kube::persistent_volume_claim();
    c.metadata.namespace_ = "default";
    c.metadata.name = std::move(name);
    c.spec.access_modes = {"ReadWriteOnce"};
    c.spec.storage_class_name.engage() = std::move(kind);
    c.spec.resources.requests["storage"] = object::quantity::of(size << 30U);
    return c;
}

auto volume_of(std::string name, std::int64_t size) -> kube::persistent_volume {
    auto v = kube::persistent_volume();
    v.metadata.name = std::move(name);
    v.spec.access_modes = {"ReadWriteOnce"};
    v.spec.capacity["storage"] = object::quantity::of(size << 30U);
    v.spec.host_path.engage().path = "/srv";
    return v;
}

/// A deployment as a manifest would have it.
auto wanted(std::string name, std::int32_t replicas, std::string image = "app:v1") -> kube::deployment {
    auto d = make_deployment(std::move(name), replicas).image(std::move(image)).done();
    d.metadata.uid.clear();
    return d;
}

template <class F> auto under_seeds(F&& check) -> void {
    for (auto seed = std::uint64_t{1}; seed <= 4; ++seed) {
        INFO("seed " << seed);
        check(seed);
    }
}

auto deleted(cluster& c, api::propagation policy) -> void {
    auto o = api::delete_options{};
    o.policy = policy;
    REQUIRE(api::remove<kube::deployment>(c.server, {"default", "web"}, o).has_value());
}

} // namespace

TEST_CASE("a deployment comes up, and a new template replaces the pods of the old one") {
    under_seeds([](std::uint64_t seed) {
        auto c = cluster(seed);
        REQUIRE(api::create(c.server, wanted("web", 4)).has_value());
        REQUIRE(c.until([&] { return c.is_rolled_out("web"); }));
        CHECK(c.images() == words(4, "app:v1"));
        auto d = c.get<kube::deployment>("web");
        auto next = *d;
        next.spec.template_.spec.containers[0].image = "app:v2";
        auto fewest = std::size_t{4};
        REQUIRE(api::update(c.server, std::move(next), d.revision_of()).has_value());
        REQUIRE(c.until([&] {
            fewest = std::min(fewest, c.images().size());
            return c.is_rolled_out("web");
        }));
        CHECK(c.images() == words(4, "app:v2"));
        CHECK(fewest >= 3);
        CHECK(c.all<kube::replica_set>().size() == 2);
        CHECK(c.get<kube::deployment>("web")->metadata.annotations.get(kube::revision_annotation) == "2");
    });
}

TEST_CASE("what a deployment owned goes with it, in the background or before it") {
    under_seeds([](std::uint64_t seed) {
        for (auto const policy : {api::propagation::background, api::propagation::foreground}) {
            auto c = cluster(seed);
            REQUIRE(api::create(c.server, wanted("web", 3)).has_value());
            REQUIRE(c.until([&] { return c.is_rolled_out("web"); }));
            deleted(c, policy);
            auto owner_went_first = false;
            auto const done = c.until([&] {
                auto const pods = c.all<kube::pod>().size();
                owner_went_first = owner_went_first || (pods > 0 && !c.get<kube::deployment>("web"));
                return pods == 0 && c.all<kube::replica_set>().empty() && !c.get<kube::deployment>("web");
            });
            CHECK(done);
            CHECK(owner_went_first == (policy == api::propagation::background));
        }
    });
}

TEST_CASE("orphaned sets stay, and run on") {
    auto c = cluster(7);
    REQUIRE(api::create(c.server, wanted("web", 2)).has_value());
    REQUIRE(c.until([&] { return c.is_rolled_out("web"); }));
    deleted(c, api::propagation::orphan);
    REQUIRE(c.until([&] { return !c.get<kube::deployment>("web"); }));
    c.run(minutes(2));
    REQUIRE(c.all<kube::replica_set>().size() == 1);
    CHECK(c.all<kube::replica_set>()[0]->metadata.owner_references.empty());
    CHECK(c.images().size() == 2);
}

TEST_CASE("a namespace is emptied before it goes") {
    under_seeds([](std::uint64_t seed) {
        auto c = cluster(seed);
        auto space = kube::namespace_{};
        space.metadata.name = "here";
        REQUIRE(api::create(c.server, space).has_value());
        REQUIRE(c.until([&] { return static_cast<bool>(c.get<kube::service_account>("default", "here")); }));
        auto d = wanted("web", 3);
        d.metadata.namespace_ = "here";
        REQUIRE(api::create(c.server, d).has_value());
        REQUIRE(c.until([&] { return c.all<kube::pod>("here").size() == 3; }));
        REQUIRE(
            c.until([&] { return static_cast<bool>(c.get<kube::config_map>("kube-root-ca.crt", "here")); }));
        REQUIRE(api::remove<kube::namespace_>(c.server, {{}, "here"}).has_value());
        CHECK(c.until([&] { return !c.get<kube::namespace_>("here"); }));
        CHECK(c.all<kube::pod>("here").empty());
        CHECK(c.all<kube::deployment>("here").empty());
        CHECK(c.all<kube::config_map>("here").empty());
        CHECK(c.all<kube::service_account>("here").empty());
    });
}

TEST_CASE("the pods of a node that dies are made anew elsewhere, and removed when the node is") {
    under_seeds([](std::uint64_t seed) {
        auto c = cluster(seed);
        REQUIRE(api::create(c.server, wanted("web", 6)).has_value());
        REQUIRE(c.until([&] { return c.is_rolled_out("web"); }));
        c.run(seconds(15));
        c.nodes->kill("b");
        REQUIRE(c.until([&] { return c.images().size() < 6; }, seconds(75)));
        auto const is_given_up = [&] {
            auto const b = c.get<kube::node>("b");
            return std::any_of(b->spec.taints.begin(), b->spec.taints.end(), [](auto const& t) {
                return t.key == kube::unreachable_taint && t.effect == "NoExecute";
            });
        };
        REQUIRE(c.until(is_given_up, seconds(10)));
        REQUIRE(c.until([&] { return c.images().size() == 6; }));
        CHECK(c.all<kube::pod>().size() == 8);
        REQUIRE(api::remove<kube::node>(c.server, {{}, "b"}).has_value());
        CHECK(c.until([&] { return c.all<kube::pod>().size() == 6; }, minutes(3)));
        CHECK(c.images().size() == 6);
    });
}

TEST_CASE("claims get volumes, each its own, and volumes are released with them") {
    under_seeds([](std::uint64_t seed) {
        auto c = cluster(seed);
        for (auto i = 0; i < 30; ++i)
            REQUIRE(api::create(c.server, wanted_storage("c" + std::to_string(i), 1 + i % 3)));
        for (auto i = 0; i < 30; ++i)
            REQUIRE(api::create(c.server, volume_of("v" + std::to_string(i), 1 + i % 3)));
        auto const phases = [&] {
            auto out = std::map<std::string, int>();
            for (auto const& v : c.all<kube::persistent_volume>()) ++out[v->status.phase];
            for (auto const& one : c.all<kube::persistent_volume_claim>())
                ++out["claim " + one->status.phase];
            return out;
        };
        CHECK(c.until(
            [&] { return phases() == std::map<std::string, int>{{"Bound", 30}, {"claim Bound", 30}}; }));
        auto taken = std::set<std::string>();
        for (auto const& one : c.all<kube::persistent_volume_claim>()) taken.insert(one->spec.volume_name);
        CHECK(taken.size() == 30);
        REQUIRE(api::remove<kube::persistent_volume_claim>(c.server, {"default", "c7"}));
        CHECK(c.until([&] { return phases()["Released"] == 1 && phases()["claim Bound"] == 29; }));
    });
}

TEST_CASE("a claim of the local provisioner's gets a volume that is made, and that goes with it") {
    auto c = cluster(5);
    auto kind = kube::storage_class();
    kind.metadata.name = "local";
    kind.provisioner = kube::local_provisioner;
    REQUIRE(api::create(c.server, kind));
    REQUIRE(api::create(c.server, wanted_storage("c", 1, "local")));
    CHECK(c.until([&] { return c.get<kube::persistent_volume_claim>("c")->status.phase == "Bound"; }));
    auto const made = c.all<kube::persistent_volume>();
    REQUIRE(made.size() == 1);
    CHECK(made[0]->metadata.name == "pvc-" + c.get<kube::persistent_volume_claim>("c")->metadata.uid);
    REQUIRE(api::remove<kube::persistent_volume_claim>(c.server, {"default", "c"}));
    CHECK(c.until([&] { return c.all<kube::persistent_volume>().empty(); }));
}

TEST_CASE("when all is as it should be the controllers write nothing") {
    auto c = cluster(3);
    REQUIRE(api::create(c.server, wanted("web", 3)).has_value());
    REQUIRE(c.until([&] { return c.is_rolled_out("web"); }));
    c.run(seconds(30));
    auto const& loops = c.controllers.loops();
    auto before = std::map<std::string_view, std::uint64_t>();
    for (auto const name : loops.names()) before[name] = loops.counters(name).steps;
    REQUIRE(before["deployment"] > 0);
    c.run(minutes(5));
    for (auto const name : loops.names()) {
        INFO(name);
        CHECK(loops.counters(name).steps == before[name]);
        CHECK(loops.counters(name).failures == 0);
    }
    CHECK(c.controllers.garbage().failures == 0);
}
