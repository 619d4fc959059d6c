/// \file
/// Namespaces that go away, and what they say on the way.

#include "../../vocabulary.hpp"

#include <berth/api/memory_store.hpp>
#include <berth/api/server.hpp>
#include <berth/kube/core/config_map/type.hpp>
#include <berth/kube/core/namespace/controller.hpp>
#include <berth/kube/core/namespace/kind.hpp>
#include <berth/sim/run.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

using server_type = api::server;

auto some_kinds() -> api::registry {
    auto out = api::registry();
    auto pods = api::kind_of<kube::pod>{};
    pods.grace = [](kube::pod const&, std::optional<std::int64_t> asked) -> std::optional<std::int64_t> {
        return asked.value_or(30);
    };
    out.add(kube::namespace_kind()).add(api::kind_of<kube::config_map>{}).add(std::move(pods));
    return std::move(out.add(api::kind_of<kube::node>{}));
}

auto map_in(std::string space, std::string name) -> kube::config_map {
    auto m = kube::config_map();
    m.metadata.namespace_ = std::move(space);
    m.metadata.name = std::move(name);
    return m;
}

/// An API with a controller of namespaces and nobody else.
struct desk {
    explicit desk(std::uint64_t s, kube::namespace_options how = {})
        : seed(s), controller(server, kinds, caches, how) {
        executor.add(caches);
        executor.add(controller);
        for (auto const* const name : {"gone", "kept"})
            REQUIRE(api::create(server, make_namespace(name).done()).has_value());
    }
    auto run(duration span) -> void {
        auto how = sim::options();
        how.seed = seed;
        how.time_limit = span;
        (void)executor.run(how);
    }
    auto remove_namespace() -> void {
        REQUIRE(api::remove<kube::namespace_>(server, {{}, "gone"}).has_value());
    }
    auto space() -> result<object::stored<kube::namespace_>> {
        return api::get<kube::namespace_>(server, {{}, "gone"});
    }
    auto finish(std::string pod) -> void {
        auto o = api::delete_options{};
        o.grace_period_seconds = 0;
        REQUIRE(api::remove<kube::pod>(server, {"gone", std::move(pod)}, o).has_value());
    }
    auto message(std::string_view type) -> std::string {
        auto const s = space().value();
        auto const* const c = object::find_condition(s->status.conditions, type);
        return c == nullptr ? "absent" : c->status + " " + c->message;
    }

    std::uint64_t seed;
    sim::virtual_clock clock;
    api::memory_store store;
    api::registry kinds = some_kinds();
    server_type server{store, kinds, {.now = [c = clock] { return c.now(); }, .seed = seed, .admission = {}}};
    reconcile::caches caches{server};
    kube::namespace_controller controller;
    sim::executor executor{clock, seed};
};

} // namespace

TEST_CASE("an empty namespace goes after a moment of grace, others stay") {
    auto d = desk(1);
    d.remove_namespace();
    d.run(seconds(4));
    CHECK(d.space().has_value());
    CHECK(d.controller.counters().passes == 0);
    d.run(seconds(2));
    CHECK(!d.space());
    CHECK(api::get<kube::namespace_>(d.server, {{}, "kept"}).has_value());
    CHECK(d.controller.counters().finalized == 1);
}

TEST_CASE("pods go first, with their grace, and the rest when none is left") {
    for (auto seed = std::uint64_t{1}; seed <= 10; ++seed) {
        INFO("seed " << seed);
        auto d = desk(seed);
        REQUIRE(api::create(d.server, make_pod("p").in("gone").done()).has_value());
        REQUIRE(api::create(d.server, make_pod("q").in("kept").done()).has_value());
        REQUIRE(api::create(d.server, map_in("gone", "m")).has_value());
        d.remove_namespace();
        d.run(seconds(6));
        CHECK(api::get<kube::pod>(d.server, {"gone", "p"}).value()->metadata.deletion_grace_period_seconds ==
              30);
        CHECK(api::get<kube::config_map>(d.server, {"gone", "m"}).has_value());
        CHECK(d.message("NamespaceContentRemaining") ==
              "False All content successfully removed"); // it is not counted while there are pods
        CHECK(d.message("NamespaceFinalizersRemaining") ==
              "False All content-preserving finalizers finished");
        d.finish("p");
        d.run(seconds(5));
        CHECK(!d.space());
        CHECK(!api::get<kube::config_map>(d.server, {"gone", "m"}));
        CHECK(api::get<kube::pod>(d.server, {"kept", "q"}).has_value());
    }
}

TEST_CASE("what a finalizer holds is told, and holds the namespace") {
    auto d = desk(2);
    auto m = map_in("gone", "m");
    m.metadata.finalizers = {"example.com/mine"};
    REQUIRE(api::create(d.server, m).has_value());
    d.remove_namespace();
    d.run(seconds(60));
    REQUIRE(d.space().has_value());
    CHECK(d.message("NamespaceFinalizersRemaining") ==
          "True Some content in the namespace has finalizers remaining: "
          "example.com/mine in 1 resource instances");
    CHECK(d.message("NamespaceDeletionContentFailure") ==
          "False All content successfully deleted, may be waiting on finalization");
    auto held = api::get<kube::config_map>(d.server, {"gone", "m"}).value();
    auto free = *held;
    free.metadata.finalizers.clear();
    REQUIRE(api::update(d.server, std::move(free), held.revision_of()).has_value());
    d.run(seconds(60));
    CHECK(!d.space());
}

TEST_CASE("a namespace of many things is emptied in small steps") {
    auto d = desk(3, {.batch = 7, .grace = {}, .wait = {}});
    for (auto i = 0; i < 50; ++i)
        REQUIRE(api::create(d.server, map_in("gone", "m" + std::to_string(i))).has_value());
    d.remove_namespace();
    d.run(seconds(5));
    CHECK(!d.space());
    CHECK(d.controller.counters().deletions == 50);
}

TEST_CASE("a namespace that has other finalizers of its own waits for them") {
    auto d = desk(4);
    auto seen = d.space().value();
    auto n = *seen;
    n.spec.finalizers.emplace_back("example.com/other");
    REQUIRE(api::update(d.server, std::move(n), seen.revision_of(), "finalize").has_value());
    d.remove_namespace();
    d.run(seconds(30));
    REQUIRE(d.space().has_value());
    CHECK((*d.space())->spec.finalizers == std::vector<std::string>{"example.com/other"});
}

TEST_CASE("what could not be deleted is told") {
    auto left = kube::namespace_content();
    left.errors = {"no", "never"};
    left.by_kind["ships.example.com"] = 2;
    auto const s = kube::with_content({}, left, new_year);
    REQUIRE(s.conditions.size() == 5);
    CHECK(s.conditions[2].message == "Failed to delete all resource types, 2 remaining: [no, never]");
    CHECK(s.conditions[3].message ==
          "Some resources are remaining: ships.example.com has 2 resource instances");
    auto const later = kube::with_content(s, {}, new_year + seconds(5));
    CHECK(later.conditions[2].status == "False");
    CHECK(later.conditions[2].last_transition_time == object::timestamp(new_year + seconds(5)));
    CHECK(later.conditions[0].last_transition_time == object::timestamp(new_year));
}
