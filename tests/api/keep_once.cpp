/// \file
/// What a cluster has once.

#include "http/harbour.hpp"

#include <berth/api/keep_once.hpp>
#include <berth/api/memory_store.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace berth;

namespace {

auto open() -> api::object_store { return {api::memory_store()}; }

auto make_crew(std::string value) {
    return [value = std::move(value)]() -> result<harbour::crew> {
        auto out = harbour::crew();
        out.data["value"] = value;
        return out;
    };
}

} // namespace

TEST_CASE("an object is made once, and then kept") {
    auto store = open();
    CHECK(api::keep_once<harbour::crew>(store, "keys", make_crew("first"))->data.get("value") == "first");
    CHECK(api::keep_once<harbour::crew>(store, "keys", make_crew("second"))->data.get("value") == "first");
    CHECK(api::keep_once<harbour::crew>(store, "other", make_crew("second"))->data.get("value") == "second");
    auto const all = store.range({.key = "/registry/", .range_end = "/registry0"});
    CHECK(all->kvs.empty()); // no API looks elsewhere
}

TEST_CASE("who is faster decides for both") {
    auto store = open();
    auto const late = [&]() -> result<harbour::crew> {
        CHECK(api::keep_once<harbour::crew>(store, "keys", make_crew("fast")));
        return make_crew("late")();
    };
    CHECK(api::keep_once<harbour::crew>(store, "keys", late)->data.get("value") == "fast");
}

TEST_CASE("what cannot be made is not kept, and another kind is not taken for it") {
    auto store = open();
    auto const fails = []() -> result<harbour::crew> { return fail(error_code::internal, "no luck"); };
    CHECK(api::keep_once<harbour::crew>(store, "keys", fails).error().message == "no luck");
    CHECK(api::keep_once<harbour::crew>(store, "keys", make_crew("then"))->data.get("value") == "then");
    auto const pier = []() -> result<harbour::pier> { return harbour::pier(); };
    CHECK(api::keep_once<harbour::pier>(store, "keys", pier).error().code == error_code::internal);
}
