/// \file
/// The store of a server: of objects or of their documents, behind one type.

#include "kinds.hpp"

#include <berth/api/object_store.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>

using namespace yard;

TEST_CASE("a server keeps objects, or their documents, and nothing else") {
    STATIC_REQUIRE(api::stores_objects<store::memory<object::any_object>>);
    STATIC_REQUIRE(api::stores_objects<store::memory<std::string>>);
    STATIC_REQUIRE(api::stores_objects<api::object_store>);
    STATIC_REQUIRE_FALSE(api::stores_objects<store::memory<int>>);
    STATIC_REQUIRE_FALSE(api::stores_objects<std::string>);
}

TEST_CASE("behind the one type both are the store that was given, by reference") {
    auto const b = object::any_object(make_boat("a", "red"));
    auto values = store::memory<object::any_object>();
    auto of_values = api::objects_in(values, kinds());
    REQUIRE(store::put(of_values, "a", b));
    CHECK(values.revision() == 2);
    CHECK(&store::get(of_values, "a")->value().as<boat>() == &b.as<boat>()); // no copy is made
    auto texts = store::memory<std::string>();
    auto of_texts = api::objects_in(texts, kinds());
    REQUIRE(store::put(of_texts, "a", b));
    CHECK(store::get(texts, "a")->value().starts_with("{\"kind\":\"Boat\""));
    CHECK(store::get(of_texts, "a")->value().as<boat>().spec.color == "red");
    CHECK(of_texts.revision() == texts.revision());
}
