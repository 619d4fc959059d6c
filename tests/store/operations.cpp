/// \file
/// Single reads and writes on any versioned store.

#include <berth/store/memory.hpp>
#include <berth/store/operations.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>

using namespace berth;

TEST_CASE("a key that is not there reads as an empty pair, not as an error", "[store]") {
    auto s = store::memory<std::string>{};
    auto const found = store::get(s, "a");
    REQUIRE(found);
    CHECK(!*found);
    CHECK(store::get(s, "a", 5).error().code == error_code::future_revision);
    CHECK(store::get(s, "").error().code == error_code::bad_request);
}

TEST_CASE("an object is created once, replaced and removed on the revision that was read", "[store]") {
    auto s = store::memory<std::string>{};
    auto const created = store::put_if(s, "pod", 0, "created");
    REQUIRE(created);
    CHECK(created->succeeded);
    CHECK(created->revision == 2);
    CHECK(!created->current);

    auto const twice = store::put_if(s, "pod", 0, "again");
    CHECK(!twice->succeeded);
    CHECK(twice->current.value() == "created");
    CHECK(twice->revision == 2);

    CHECK(store::put_if(s, "pod", 2, "replaced")->succeeded);
    CHECK(!store::erase_if(s, "pod", 2)->succeeded);
    CHECK(store::erase_if(s, "pod", 3)->succeeded);
    CHECK(!store::erase_if(s, "pod", 3)->current);
    CHECK(store::put_if(s, "", 0, "x").error().code == error_code::bad_request);
}

TEST_CASE("refusals have the words of etcd", "[store]") {
    auto s = store::memory<std::string>{};
    CHECK(store::get(s, "a", 9).error().message ==
          "etcdserver: mvcc: required revision is a future revision");
    CHECK(store::put(s, "", "x").error().message == "etcdserver: key is not provided");
    REQUIRE(store::put(s, "a", "x"));
    REQUIRE(s.compact(2));
    CHECK(store::get(s, "a", 1).error().message == "etcdserver: mvcc: required revision has been compacted");
    CHECK(s.compact(2).error() == store::get(s, "a", 1).error());
}
