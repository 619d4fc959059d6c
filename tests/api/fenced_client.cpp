/// \file
/// Writes under a leadership: they are done while it lasts, and refused once it is over, in the very moment
/// of the write; in process and over HTTP.

#include "kinds.hpp"

#include <berth/api/fenced_client.hpp>
#include <berth/api/http/remote.hpp>
#include <berth/api/http/server.hpp>
#include <berth/api/memory_store.hpp>

#include <catch2/catch_test_macros.hpp>

#include <functional>
#include <memory>
#include <thread>

using namespace yard;
using api::fence;
using api::fenced_client;
using api::shared_fence;

namespace {

/// As much of a Lease as fences look at.
struct lease_spec {
    std::string holder_identity;
    std::optional<std::int32_t> lease_transitions;
    std::int32_t renewals = 0;
    object::unknown_fields unknown;
    BERTH_DESCRIBE(lease_spec, "test.LeaseSpec", (holder_identity), (lease_transitions), (renewals))
};
struct lease {
    static constexpr object::resource_name resource{
        "coordination.k8s.io", "v1", "Lease", "leases", "lease", true};
    object::meta metadata;
    lease_spec spec;
    object::unknown_fields unknown;
    BERTH_DESCRIBE(lease, "test.Lease", (metadata), (spec))
};

/// A store that lets a test do something right before it writes.
struct meddled_store : api::memory_store {
    using base = api::memory_store;
    std::function<void()> before = {};

    auto commit(std::span<store::txn<object::any_object> const> batch) {
        if (auto const act = std::exchange(before, {})) act();
        return base::commit(batch);
    }
};

auto kinds_with_leases() -> api::registry {
    auto out = kinds();
    out.add(api::kind_of<lease>{});
    return out;
}

struct fenced_desk {
    meddled_store objects;
    sim::virtual_clock clock;
    api::server server{objects, kinds_with_leases(), {[this] { return clock.now(); }, 1, {}}};

    fenced_desk() {
        auto l = lease();
        l.metadata.namespace_ = "kube-system";
        l.metadata.name = "boss";
        l.spec.holder_identity = "a";
        REQUIRE(api::create(server, l));
    }
    auto change(auto&& how) -> void {
        auto const there = api::get<lease>(server, {"kube-system", "boss"}).value();
        auto next = *there;
        how(next.spec);
        REQUIRE(api::update(server, next, there.revision_of()));
    }
    auto take_over() -> void {
        change([](lease_spec& s) {
            s.holder_identity = "b";
            s.lease_transitions = s.lease_transitions.value_or(0) + 1;
        });
    }
    [[nodiscard]] auto boats() -> std::size_t { return api::list<boat>(server).value().size(); }
};

auto leads(std::string who, std::int64_t transitions = 0) -> shared_fence {
    return std::make_shared<fence const>(fence{{"kube-system", "boss"}, std::move(who), transitions});
}

/// All sorts of writes, on boats `a` and `b`; the last ones of those that go away.
auto all_writes(auto& client) -> std::vector<result<object::object_ref>> {
    auto out = std::vector<result<object::object_ref>>();
    auto const where = object::key{"bay", "a"};
    out.push_back(api::create(client, object::any_object(make_boat("c"))));
    out.push_back(api::update(client, object::any_object(make_boat("a", "blue")), {}));
    out.push_back(api::patch_object(client, boat::resource, where,
                                    {api::patch_type::merge, R"({"spec":{"seats":7}})"}));
    auto how = api::patch_options{};
    how.field_manager = "me";
    how.force = true;
    out.push_back(api::apply(
        client, boat::resource, where,
        R"({"apiVersion":"test/v1","kind":"Boat","metadata":{"name":"a"},"spec":{"seats":9}})", how));
    auto const moors = object::any_object(mooring{{}, "east", {}});
    out.push_back(api::act(client, boat::resource, where, "mooring", moors));
    auto gone = api::remove(client, boat::resource, {"bay", "b"});
    if (gone) out.push_back(gone->object);
    else out.push_back(std::unexpected(gone.error()));
    return out;
}

auto check_all_refused(auto& client, fenced_desk& d) -> void {
    auto const before = d.server.revision();
    for (auto const& done : all_writes(client)) {
        REQUIRE_FALSE(done);
        INFO(done.error().message);
        CHECK(done.error().code == error_code::conflict);
        CHECK(api::is_leadership_over(done.error()));
    }
    CHECK(d.server.revision() == before);
}

} // namespace

TEST_CASE("under a leadership that lasts every write is done, and once it is over none is") {
    auto d = fenced_desk();
    for (auto const* name : {"a", "b"}) REQUIRE(api::create(d.server, make_boat(name)));
    SECTION("that lasts") {
        auto client = fenced_client(d.server, leads("a"));
        for (auto const& done : all_writes(client)) {
            INFO((done ? "" : done.error().message));
            CHECK(done);
        }
        CHECK(d.boats() == 2); // a and c
    }
    SECTION("that has gone to another") {
        d.take_over();
        auto client = fenced_client(d.server, leads("a"));
        check_all_refused(client, d);
        auto other = fenced_client(d.server, leads("b", 1));
        CHECK(api::create(other, make_boat("c")));
    }
    SECTION("that was another's in between") {
        d.take_over();
        d.change([](lease_spec& s) {
            s.holder_identity = "a";
            s.lease_transitions = 2;
        });
        auto client = fenced_client(d.server, leads("a"));
        check_all_refused(client, d);
    }
    SECTION("whose Lease is gone") {
        REQUIRE(api::remove<lease>(d.server, {"kube-system", "boss"}));
        auto client = fenced_client(d.server, leads("a"));
        check_all_refused(client, d);
    }
    SECTION("where nobody leads, and nothing is sent") {
        auto client = fenced_client(d.server, [] { return shared_fence(); });
        check_all_refused(client, d);
    }
}

TEST_CASE("a leadership that ends between the check and the write stops the write") {
    auto d = fenced_desk();
    auto client = fenced_client(d.server, leads("a"));
    d.objects.before = [&] { d.take_over(); };
    auto const done = api::create(client, make_boat("late"));
    REQUIRE_FALSE(done);
    CHECK(api::is_leadership_over(done.error()));
    CHECK(d.boats() == 0);
}

TEST_CASE("a leadership that is renewed between the check and the write does not") {
    auto d = fenced_desk();
    auto client = fenced_client(d.server, leads("a"));
    d.objects.before = [&] { d.change([](lease_spec& s) { ++s.renewals; }); };
    CHECK(api::create(client, make_boat("in-time")));
    d.objects.before = [&] { d.change([](lease_spec& s) { ++s.renewals; }); };
    CHECK(api::remove<boat>(client, {"bay", "in-time"}));
    CHECK(d.boats() == 0);
}

TEST_CASE("a batch is refused as a whole, a dry run too") {
    auto d = fenced_desk();
    d.take_over();
    auto client = fenced_client(d.server, leads("a"));
    auto dry = api::create_options{};
    dry.dry_run = true;
    auto const batch = std::vector<api::write>{api::create_request{object::any_object(make_boat("a")), {}},
                                               api::create_request{object::any_object(make_boat("b")), dry}};
    for (auto const& done : client.commit(batch)) {
        REQUIRE_FALSE(done);
        CHECK(api::is_leadership_over(done.error()));
    }
}

TEST_CASE("a write that says under which leadership it is made keeps that") {
    auto d = fenced_desk();
    d.take_over();
    auto outer = fenced_client(d.server, [] { return leads("b", 1); });
    auto inner = fenced_client(outer, leads("a")); // decided long ago
    auto const done = api::create(inner, make_boat("late"));
    REQUIRE_FALSE(done);
    CHECK(api::is_leadership_over(done.error()));
    CHECK(api::create(outer, make_boat("in-time")));
    auto nobody = fenced_client(d.server, [] { return shared_fence(); });
    auto const batch = std::vector<api::write>{api::create_request{object::any_object(make_boat("x")), {}}};
    auto pinned = batch;
    std::get<api::create_request>(pinned[0]).options.fenced_by = leads("b", 1);
    pinned.push_back(batch[0]);
    auto const answers = nobody.commit(pinned);
    CHECK(answers[0]);
    CHECK_FALSE(answers[1]);
}

TEST_CASE("a client without a leadership writes as ever, and reads pass under any") {
    auto d = fenced_desk();
    auto client = fenced_client(d.server, shared_fence());
    CHECK(api::create(client, make_boat("a")));
    d.take_over();
    auto late = fenced_client(d.server, leads("a"));
    CHECK(api::get<boat>(late, {"bay", "a"}));
    CHECK(late.list(boat::resource, {}).value().items.size() == 1);
    CHECK(late.watch(boat::resource, {}));
}

TEST_CASE("where there are no Leases, a fenced write is refused and says why") {
    auto d = desk();
    auto client = fenced_client(d.server, leads("a"));
    auto const done = api::create(client, make_boat("a"));
    REQUIRE_FALSE(done);
    CHECK(done.error().code == error_code::bad_request);
    CHECK(done.error().message.find("no leases.coordination.k8s.io") != std::string::npos);
}

TEST_CASE("over HTTP a late writer is refused as well") {
    auto d = fenced_desk();
    for (auto const* name : {"a", "b"}) REQUIRE(api::create(d.server, make_boat(name)));
    auto front = api::http::server(d.server, api::http::server_options{});
    REQUIRE(front.open());
    auto const thread = std::jthread([&](std::stop_token s) { front.run(s); });
    auto far = api::http::remote::connect(d.server.kinds(),
                                          {.url = "http://127.0.0.1:" + std::to_string(front.port())})
                   .value();
    SECTION("and one who leads is not") {
        auto client = fenced_client(far, leads("a"));
        for (auto const& done : all_writes(client)) {
            INFO((done ? "" : done.error().message));
            CHECK(done);
        }
        CHECK(d.boats() == 2);
    }
    SECTION("with the same words") {
        d.take_over();
        auto client = fenced_client(far, leads("a"));
        check_all_refused(client, d);
    }
}
