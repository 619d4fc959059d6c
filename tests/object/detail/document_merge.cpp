/// \file
/// Server-side apply on documents that a schema describes: list types, free forms, what the schema keeps, and
/// objects in objects.

#include <berth/object/apply.hpp>
#include <berth/object/detail/document_value.hpp>
#include <berth/object/document_schema.hpp>
#include <berth/object/runtime_schema.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <catch2/catch_test_macros.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

using namespace berth;
namespace json = boost::json;

namespace {

constexpr auto ship_schema = R"({"type":"object","properties":{"spec":{"type":"object","properties":{
    "crew":{"type":"array","x-kubernetes-list-type":"set","items":{"type":"string"}},
    "masts":{"type":"array","x-kubernetes-list-type":"map","x-kubernetes-list-map-keys":["name","side"],
        "items":{"type":"object","properties":{"name":{"type":"string"},"height":{"type":"integer"},
            "side":{"type":"string","default":"port"}}}},
    "log":{"type":"array","items":{"type":"string"}},
    "papers":{"type":"object","x-kubernetes-map-type":"atomic","properties":{"flag":{"type":"string"}}},
    "cargo":{"type":"object","additionalProperties":{
        "type":"object","properties":{"weight":{"type":"integer"}}}},
    "port":{"x-kubernetes-int-or-string":true},
    "free":{"type":"object","x-kubernetes-preserve-unknown-fields":true,"properties":{
        "known":{"type":"object","properties":{"a":{"type":"integer"}}}}},
    "boat":{"type":"object","x-kubernetes-embedded-resource":true,"properties":{"oars":{"type":"integer"}}}
}}}})";

constexpr auto ship_kind = object::resource_name{"example.com", "v1", "Ship", "ships", "ship", true};

/// Ships whose documents the schema describes, and who owns what of one.
struct harbour {
    harbour() {
        auto const schema = json::parse(ship_schema);
        auto const loose = json::parse(R"({"type":"object","x-kubernetes-preserve-unknown-fields":true})");
        auto documented = std::make_shared<object::document_schema const>(
            object::document_schema::read(schema.get_object()));
        types.emplace(
            object::runtime_schema::from_structural(loose, "Ship", ship_kind, {.documented = documented})
                .value());
        type = types->find("Ship");
        ship.emplace(*type);
    }

    static auto stating(std::string_view spec) -> json::value {
        return json::parse(R"({"apiVersion":"example.com/v1","kind":"Ship","metadata":{"name":"s"},"spec":)" +
                           std::string(spec) + "}");
    }
    /// What is wrong with a spec that is stated.
    auto refusal(std::string_view spec) const -> std::string {
        auto const read = object::stated_fields(*type, stating(spec));
        return read ? "" : read.error().message;
    }
    auto fields(std::string_view spec) const -> std::string {
        return object::stated_fields(*type, stating(spec)).value().encode();
    }
    /// Applies a spec; answers what the object has then, or how many conflicts there are.
    auto apply(std::string const& who, std::string_view spec, bool force = false) -> std::string {
        auto copy = object::draft(*type);
        type->assign(copy.data(), ship->data());
        auto then = owners;
        auto const done =
            object::apply_document(*type, copy.data(), stating(spec), then, {who, "v1", true, {}}, force);
        if (!done) return done.error().message;
        if (!done->conflicts.empty()) return "conflicts: " + std::to_string(done->conflicts.size());
        owners = then;
        type->assign(ship->data(), copy.data());
        return this->spec();
    }
    auto put(std::string_view spec) -> void {
        REQUIRE(object::detail::put_document(*type, ship->data(), stating(spec)));
    }
    auto spec() const -> std::string {
        auto const document = object::detail::document_in(*type, ship->data());
        auto const* const found = document.get_object().if_contains("spec");
        return found == nullptr ? "" : json::serialize(*found);
    }

    std::optional<object::runtime_schema> types;
    object::type_info const* type = nullptr;
    std::optional<object::draft> ship;
    std::vector<object::field_owner> owners;
};

} // namespace

TEST_CASE("a document's fields are told as its schema divides it") {
    auto const h = harbour();
    auto const in_spec = [](std::string const& inner) {
        return R"({"f:metadata":{"f:name":{}},"f:spec":{)" + inner + "}}";
    };
    CHECK(h.fields(R"({"crew":["bo","al"]})") == in_spec(R"("f:crew":{"v:\"al\"":{},"v:\"bo\"":{}})"));
    CHECK(h.fields(R"({"masts":[{"name":"main","height":3}]})") ==
          in_spec(
              R"("f:masts":{"k:{\"name\":\"main\",\"side\":\"port\"}":{".":{},"f:height":{},"f:name":{}}})"));
    CHECK(h.fields(R"({"log":["x"],"papers":{"flag":"x"},"port":5})") ==
          in_spec(R"("f:log":{},"f:papers":{},"f:port":{})"));
    CHECK(h.fields(R"({"cargo":{"tin":{"weight":1}}})") ==
          in_spec(R"("f:cargo":{"f:tin":{".":{},"f:weight":{}}})"));
    CHECK(h.fields(R"({"free":{"known":{"a":1,"b":{}},"x":{"y":[1]}}})") ==
          in_spec(R"("f:free":{"f:known":{"f:a":{},"f:b":{}},"f:x":{".":{},"f:y":{}}})"));
    CHECK(h.fields(R"({"boat":{"kind":"Boat","metadata":{"labels":{"a":"b"}},"oars":2}})") ==
          in_spec(R"("f:boat":{"f:kind":{},"f:metadata":{"f:labels":{"f:a":{}}},"f:oars":{}})"));
}

TEST_CASE("what a schema does not allow is refused where it stands") {
    auto const h = harbour();
    CHECK(h.refusal(R"({"sails":1})") == ".spec.sails: field not declared in schema");
    CHECK(h.refusal(R"({"boat":{"mast":1}})") == ".spec.boat.mast: field not declared in schema");
    CHECK(h.refusal(R"({"cargo":{"tin":{"weight":"x"}}})") ==
          ".spec.cargo.tin.weight: expected numeric (int or float), got string");
    CHECK(h.refusal(R"({"masts":[{"height":1}]})").empty()); // the default is a key
    CHECK(h.refusal(R"({"crew":["a","a"]})") == ".spec.crew: duplicate entries for key [=\"a\"]");
    CHECK(h.refusal(R"({"papers":[]})") == ".spec.papers: expected map, got &{[]}");
    CHECK(h.refusal(R"({"port":{"any":[1]}})").empty());
}

TEST_CASE("what two managers apply is merged, and goes with the one who no longer states it") {
    auto h = harbour();
    CHECK(h.apply("a", R"({"crew":["al"],"masts":[{"name":"main","height":3}]})") ==
          R"({"crew":["al"],"masts":[{"name":"main","height":3}]})");
    CHECK(h.apply("b", R"({"crew":["bo"],"masts":[{"name":"main","side":"port"},{"name":"fore"}]})") ==
          R"({"crew":["al","bo"],"masts":[{"name":"main","height":3,"side":"port"},{"name":"fore"}]})");
    CHECK(h.apply("b", R"({"masts":[{"name":"main","height":4}]})") == "conflicts: 1");
    CHECK(h.apply("b", R"({"masts":[{"name":"main","height":4}]})", true) ==
          R"({"crew":["al"],"masts":[{"name":"main","height":4}]})");
    CHECK(h.apply("a", R"({"log":["x"]})") == R"({"masts":[{"name":"main","height":4}],"log":["x"]})");
}

TEST_CASE("atomic parts are replaced as one, free ones member by member") {
    auto h = harbour();
    REQUIRE(h.apply("b", R"({"papers":{"flag":"x"},"free":{"x":{"a":1}},"cargo":{"tin":{"weight":1}}})") ==
            R"({"papers":{"flag":"x"},"free":{"x":{"a":1}},"cargo":{"tin":{"weight":1}}})");
    constexpr auto stated = R"({"papers":{},"free":{"x":{"b":2}},"cargo":{"tin":null,"tea":{}}})";
    CHECK(h.apply("a", stated) == "conflicts: 1"); // the papers
    CHECK(h.apply("a", stated, true) ==
          R"({"papers":{},"free":{"x":{"a":1,"b":2}},"cargo":{"tin":{"weight":1},"tea":{}}})");
    CHECK(h.apply("a", "{}") == R"({"free":{"x":{"a":1}},"cargo":{"tin":{"weight":1}}})");
}

TEST_CASE("objects that break their schema are told, and no document crashes the merge") {
    auto h = harbour();
    CHECK(object::check_typed(*h.type, h.ship->data()));
    h.put(R"({"crew":["a","a"]})"); // may be, in what is there
    CHECK(object::check_typed(*h.type, h.ship->data()));
    for (auto const* const wrong :
         {R"({"crew":[null,{},[1]]})", R"({"masts":[1,null,[]]})", R"({"masts":{"a":1}})",
          R"({"cargo":[[1]]})", R"({"boat":{"metadata":[1]}})", R"({"boat":{"metadata":{"labels":[{}]}}})",
          "[]", "5"}) {
        h.put(wrong);
        CHECK_FALSE(object::check_typed(*h.type, h.ship->data()));
        auto const all = object::fields_in(*h.type, h.ship->data());
        auto const fresh = object::draft(*h.type);
        CHECK_FALSE(object::compare_fields(*h.type, fresh.data(), h.ship->data()).same());
        object::remove_fields(*h.type, h.ship->data(), all);
        (void)h.apply("a",
                      R"({"crew":["x"],"masts":[{"name":"m"}],"boat":{"metadata":{"labels":{"a":"b"}}}})");
    }
}
