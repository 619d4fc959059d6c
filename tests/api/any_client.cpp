/// \file
/// A client whose type nobody knows answers as the one that it holds.

#include "kinds.hpp"

#include <berth/api/any_client.hpp>

#include <catch2/catch_test_macros.hpp>

#include <memory>
#include <utility>

using namespace yard;
using enum error_code;

namespace {

auto const red = object::key{"bay", "red"};

/// A client that can be moved, and knows when it is gone.
struct counted {
    using watch_type = api::watcher;

    auto get(object::resource_name const& r, object::key const& k, api::get_options const& o) {
        return inner->get(r, k, o);
    }
    auto list(object::resource_name const& r, api::list_options const& o) { return inner->list(r, o); }
    auto watch(object::resource_name const& r, api::watch_options const& o) { return inner->watch(r, o); }
    auto commit(std::span<api::write const> batch) { return inner->commit(batch); }
    auto changed() -> wake_signal& { return inner->changed(); }

    api::server* inner;
    std::shared_ptr<int> alive = std::make_shared<int>(0);
};

/// One that can be asked for less: then it answers for nothing but the size of lists.
struct modest : counted {
    [[nodiscard]] auto metadata_only() const -> modest { return {{inner, alive}, true}; }
    auto list(object::resource_name const& r, api::list_options const& o) -> result<api::object_list> {
        auto out = inner->list(r, o);
        if (out && lean) out->items.clear();
        return out;
    }

    bool lean = false;
};

} // namespace

TEST_CASE("an erased client reads and writes as what it refers to") {
    auto d = desk();
    auto c = api::any_client(d.server);
    auto const made = api::create(c, make_boat("red"));
    REQUIRE(made);
    CHECK(api::get<boat>(d.server, red)->ref() == made->ref());
    auto next = **made;
    next.spec.seats = 3;
    CHECK((*api::update(c, next, made->revision_of()))->spec.seats == 3);
    CHECK(api::update(c, next, made->revision_of()).error().code == conflict);
    auto const patched =
        c.patch(boat::resource, red, {api::patch_type::merge, R"({"spec":{"seats":5}})"}, {});
    CHECK(patched->object.as<boat>().spec.seats == 5);
    auto m = mooring();
    m.pier = "north";
    CHECK(c.act(boat::resource, red, "mooring", m, {})->object.as<boat>().spec.marks.get("pier") == "north");
    CHECK(names(*c.list(boat::resource, {})) == texts{"red"});
    CHECK(api::remove<boat>(c, red)->gone);
    CHECK(c.get(boat::resource, red, {}).error().code == not_found);
    CHECK(&c.changed() == &d.server.changed());
}

TEST_CASE("an erased watch tells what the watch in it tells") {
    auto d = desk();
    auto const c = api::any_client(d.server);
    auto opened = c.watch(boat::resource, {});
    REQUIRE(opened);
    auto w = *std::move(opened);
    REQUIRE(api::create(d.server, make_boat("red")));
    CHECK(told(w) == texts{"ADDED red"});
    auto o = api::watch_options{};
    o.resource_version = "1000";
    CHECK(c.watch(boat::resource, o).error().code == future_revision);
}

TEST_CASE("an erased client shares a handle that it took over") {
    auto d = desk();
    auto handle = counted{&d.server};
    auto const alive = std::weak_ptr(handle.alive);
    {
        auto const c = api::any_client(std::move(handle));
        handle.alive.reset();
        auto const copy = c;
        CHECK(alive.use_count() == 1);
        CHECK(copy.list(boat::resource, {}));
    }
    CHECK(alive.expired());
    auto const shared = std::make_shared<counted>(counted{&d.server});
    CHECK(api::any_client(shared).list(boat::resource, {}));
}

TEST_CASE("an erased client can be asked for metadata alone if what it refers to can") {
    auto d = desk();
    REQUIRE(api::create(d.server, make_boat("red")));
    CHECK_FALSE(api::any_client(d.server).metadata_only());
    auto const whole = api::any_client(modest{{&d.server}});
    auto const lean = whole.metadata_only();
    REQUIRE(lean);
    CHECK(lean->list(boat::resource, {})->items.empty());
    CHECK(names(*whole.list(boat::resource, {})) == texts{"red"});
    CHECK(lean->metadata_only());
}
