/// \file
/// Stores by reference.

#include <berth/store/by_reference.hpp>
#include <berth/store/laws.hpp>
#include <berth/store/memory.hpp>

#include <catch2/catch_test_macros.hpp>
#include <store/judge.hpp>

#include <memory>
#include <string>

using namespace berth;
using text_store = store::memory<std::string>;

namespace {

/// Keeps the store that it refers to.
struct anchored : store::store_reference<text_store> {
    explicit anchored(std::unique_ptr<text_store> s) : store_reference(*s), anchor(std::move(s)) {}
    std::unique_ptr<text_store> anchor;
};

} // namespace

TEST_CASE("a store by reference obeys the laws", "[store][laws]") {
    auto const make = [] { return anchored{std::make_unique<text_store>()}; };
    store::laws::all(harbour::made_by{make}, harbour::judge);
}

TEST_CASE("references to one store are one store", "[store]") {
    auto shared = text_store{};
    auto a = store::by_reference(shared);
    auto b = a;
    auto c = b.watch({.key = "x"}).value();
    REQUIRE(store::put(a, "x", "1"));
    CHECK(store::get(b, "x")->value() == "1");
    CHECK(c.next()->size() == 1);
    CHECK(&a.changed() == &shared.changed());
}
