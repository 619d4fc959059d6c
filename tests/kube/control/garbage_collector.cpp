/// \file
/// The garbage collector over a real API: what goes, what stays, and in which order.

#include "../vocabulary.hpp"

#include <berth/api/memory_store.hpp>
#include <berth/api/server.hpp>
#include <berth/kube/control/garbage_collector.hpp>
#include <berth/sim/run.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;
using words = std::vector<std::string>;

namespace {

using server_type = api::server;

/// A kind that takes what it gets: these tests are not about what an object must say.
template <object::kind_type T> auto lenient() -> api::kind_of<T> {
    auto k = api::kind_of<T>{};
    k.validate = [](T const&, api::field_errors&) {};
    return k;
}

auto some_kinds() -> api::registry {
    auto out = api::registry();
    out.add(lenient<kube::pod>()).add(lenient<kube::replica_set>()).add(lenient<kube::deployment>());
    return std::move(out.add(lenient<kube::node>()));
}

/// An API with a garbage collector and nobody else.
struct desk {
    explicit desk(std::uint64_t s) : seed(s) {
        executor.add(caches);
        executor.add(collector);
    }
    template <class Maker> auto create(Maker const& m) -> Maker {
        auto stored = api::create(server, m.done()).value();
        auto out = m;
        return out.with([&](auto& o) { o = *stored; });
    }
    template <object::kind_type T> auto remove(std::string name, api::propagation policy) -> void {
        auto o = api::delete_options{};
        o.policy = policy;
        REQUIRE(api::remove<T>(server, {"default", std::move(name)}, o).has_value());
    }
    auto settle() -> void {
        auto how = sim::options();
        how.seed = seed;
        how.time_limit = minutes(5);
        (void)executor.run(how);
    }
    auto pods() -> words {
        auto out = words();
        auto const all = api::list<kube::pod>(server).value();
        for (auto const& p : all) out.push_back(p->metadata.name);
        return out;
    }
    template <object::kind_type T> auto count() -> std::size_t { return api::list<T>(server).value().size(); }

    std::uint64_t seed;
    sim::virtual_clock clock;
    api::memory_store store;
    api::registry kinds = some_kinds();
    server_type server{store, kinds, {.now = [c = clock] { return c.now(); }, .seed = seed, .admission = {}}};
    reconcile::caches caches{server};
    kube::garbage_collector collector{server, kinds, caches};
    sim::executor executor{clock, seed};
};

template <class F> auto under_seeds(F&& check) -> void {
    for (auto seed = std::uint64_t{1}; seed <= 10; ++seed) {
        INFO("seed " << seed);
        check(seed);
    }
}

/// A deployment with a set with two pods; and a pod of nobody.
auto family(desk& d) -> void {
    auto const top = d.create(make_deployment("web", 2));
    auto const set = d.create(make_replica_set("web", 2).owned_by(top));
    d.create(make_pod("a").owned_by(set));
    d.create(make_pod("b").owned_by(set));
    d.create(make_pod("free"));
}

} // namespace

TEST_CASE("what is owned goes after its owner, however deep, and nothing else") {
    under_seeds([](std::uint64_t seed) {
        auto d = desk(seed);
        family(d);
        if (seed % 2 == 0) d.settle();
        d.remove<kube::deployment>("web", api::propagation::background);
        d.settle();
        CHECK(d.pods() == words{"free"});
        CHECK(d.count<kube::replica_set>() == 0);
    });
}

TEST_CASE("in a foreground deletion the owner goes last") {
    under_seeds([](std::uint64_t seed) {
        auto d = desk(seed);
        family(d);
        if (seed % 2 == 0) d.settle();
        auto const held = d.create(
            make_pod("held")
                .finalizer("example.com/mine")
                .owned_by(make_replica_set("web", 2).uid(
                    api::get<kube::replica_set>(d.server, {"default", "web"}).value()->metadata.uid)));
        d.remove<kube::deployment>("web", api::propagation::foreground);
        d.settle();
        CHECK(d.pods() == words{"free", "held"});
        CHECK(d.count<kube::deployment>() == 1);
        auto p = api::get<kube::pod>(d.server, {"default", "held"}).value();
        auto let_go = *p;
        let_go.metadata.finalizers.clear();
        REQUIRE(api::update(d.server, std::move(let_go), p.revision_of()).has_value());
        d.settle();
        CHECK(d.pods() == words{"free"});
        CHECK(d.count<kube::replica_set>() == 0);
        CHECK(d.count<kube::deployment>() == 0);
    });
}

TEST_CASE("orphans stay, and name their owner no more") {
    under_seeds([](std::uint64_t seed) {
        auto d = desk(seed);
        family(d);
        d.remove<kube::replica_set>("web", api::propagation::orphan);
        d.settle();
        CHECK(d.pods() == words{"a", "b", "free"});
        CHECK(d.count<kube::replica_set>() == 0);
        CHECK(api::get<kube::pod>(d.server, {"default", "a"}).value()->metadata.owner_references.empty());
    });
}

TEST_CASE("an object with one owner left stays, without the reference to the other") {
    auto d = desk(1);
    auto const one = d.create(make_replica_set("one", 1));
    auto const two = d.create(make_replica_set("two", 1));
    d.create(make_pod("shared").owned_by(one).owned_by(two).with(
        [](kube::pod& p) { p.metadata.owner_references[1].controller.reset(); }));
    d.settle();
    d.remove<kube::replica_set>("one", api::propagation::background);
    d.settle();
    auto const& owners =
        api::get<kube::pod>(d.server, {"default", "shared"}).value()->metadata.owner_references;
    REQUIRE(owners.size() == 1);
    CHECK(owners[0].name == "two");
}

TEST_CASE("uids decide: an owner of the same name that is another one is none") {
    auto d = desk(2);
    d.create(make_replica_set("web", 1));
    d.create(make_pod("lost").owned_by(make_replica_set("web", 1).uid("another")));
    d.settle();
    CHECK(d.pods().empty());
}

TEST_CASE("an owner of a kind that is not known here counts as there") {
    auto d = desk(3);
    d.create(make_pod("p").with([](kube::pod& p) {
        p.metadata.owner_references.push_back({"example.com/v1", "Ship", "s", "uid", true, true, {}});
    }));
    d.settle();
    CHECK(d.pods() == words{"p"});
}

TEST_CASE("what belongs to the cluster cannot belong to an object of a namespace, and is left alone") {
    auto d = desk(4);
    d.create(make_node("n").owned_by(make_replica_set("web", 1)));
    d.settle();
    CHECK(d.count<kube::node>() == 1);
}

TEST_CASE("two that own each other do not keep each other from going") {
    under_seeds([](std::uint64_t seed) {
        auto d = desk(seed);
        auto const top = d.create(make_deployment("web", 1));
        auto const set = d.create(make_replica_set("web", 1).owned_by(top));
        auto const pod = d.create(make_pod("p").owned_by(set));
        auto circle = set.done();
        circle.metadata.owner_references.push_back(reconcile::controlled_by(pod.done()));
        circle.metadata.owner_references.back().controller.reset();
        REQUIRE(api::update(d.server, std::move(circle), 0).has_value());
        d.settle();
        d.remove<kube::deployment>("web", api::propagation::foreground);
        d.remove<kube::replica_set>("web", api::propagation::foreground);
        d.settle();
        CHECK(d.pods().empty());
        CHECK(d.count<kube::replica_set>() == 0);
        CHECK(d.count<kube::deployment>() == 0);
    });
}
