/// \file
/// The store of objects in memory: the one type that most servers are over.

#include "kinds.hpp"

#include <berth/api/memory_store.hpp>
#include <berth/store/operations.hpp>

#include <catch2/catch_test_macros.hpp>

#include <concepts>

using namespace yard;

TEST_CASE("a store of objects in memory is a store, with the options of one") {
    STATIC_REQUIRE(store::versioned_store<api::memory_store>);
    STATIC_REQUIRE(std::same_as<api::memory_store, store::memory<object::any_object>>);
    auto objects = api::memory_store({.least_ttl = 30});
    CHECK(objects.grant({.ttl = 1})->ttl == 30);
}

TEST_CASE("it gives readers the object that was written, also through the type that a server has for it") {
    auto objects = api::memory_store();
    auto as_server_has_it = api::objects_in(objects, kinds());
    auto const red = object::any_object(make_boat("red"));
    REQUIRE(store::put(objects, "a", red));
    CHECK(&store::get(objects, "a")->value().as<boat>() == &red.as<boat>());
    CHECK(&store::get(as_server_has_it, "a")->value().as<boat>() == &red.as<boat>());
}
