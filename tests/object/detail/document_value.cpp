/// \file
/// The documents in values that keep them as they come.

#include <berth/object/any_object.hpp>
#include <berth/object/detail/document_value.hpp>
#include <berth/object/runtime_schema.hpp>

#include <boost/json/parse.hpp>
#include <catch2/catch_test_macros.hpp>

using namespace berth;
namespace json = boost::json;

namespace {

constexpr auto ship_kind = object::resource_name{"example.com", "v1", "Ship", "ships", "ship", true};

auto ships() -> object::runtime_schema {
    auto const loose = json::parse(R"({"type":"object","x-kubernetes-preserve-unknown-fields":true})");
    return object::runtime_schema::from_structural(loose, "Ship", ship_kind).value();
}

} // namespace

TEST_CASE("a document comes back as it was put, without what says its kind") {
    auto const types = ships();
    auto ship = object::draft(*types.find("Ship"));
    auto document =
        json::parse(R"({"metadata":{"name":"s"},"spec":{"a":[1,null,{"b":1.5}],"c":{}},"d":null})");
    REQUIRE(object::detail::put_document(ship.type(), ship.data(), document));
    CHECK(ship.metadata().name == "s");
    auto const back = object::detail::document_in(ship.type(), ship.data());
    CHECK(back.at("spec") == document.at("spec"));
    CHECK_FALSE(back.get_object().contains("kind"));
    REQUIRE(object::detail::put_document(ship.type(), ship.data(), json::parse(R"({"spec":1})")));
    CHECK(ship.metadata().name.empty()); // nothing stays of what was there
}

TEST_CASE("metadata that are none are refused") {
    auto const types = ships();
    auto ship = object::draft(*types.find("Ship"));
    CHECK_FALSE(object::detail::put_document(ship.type(), ship.data(), json::parse(R"({"metadata":5})")));
}
