#include "harbour.hpp"

#include <berth/api/http/table.hpp>

#include <boost/json/parse.hpp>
#include <catch2/catch_test_macros.hpp>

namespace http = berth::api::http;
using namespace harbour;

namespace {

auto boat_ref(std::string name) -> object::object_ref {
    auto b = boat{};
    b.metadata.name = std::move(name);
    b.metadata.labels["a"] = "b";
    b.spec.sails = 2;
    return {object::any_object(std::move(b)), 7};
}

auto table_of(api::kind const& k, object::object_ref const& ref, http::row_object what,
              bool with_columns = true) -> boost::json::value {
    auto text = std::string();
    http::table(k, {}, what).append(text, "{}", {&ref, 1}, with_columns);
    return boost::json::parse(text);
}

} // namespace

TEST_CASE("a row has the cells of its kind's columns") {
    auto const known = kinds();
    auto const t = table_of(find(known, "boats"), boat_ref("a"), http::row_object::metadata);
    CHECK(t.at("kind").as_string() == "Table");
    CHECK(t.at_pointer("/columnDefinitions/1/name").as_string() == "Sails");
    CHECK(t.at_pointer("/columnDefinitions/1/type").as_string() == "integer");
    CHECK(t.at_pointer("/columnDefinitions/2/priority").as_int64() == 1);
    CHECK(t.at_pointer("/rows/0/cells/0").as_string() == "a");
    CHECK(t.at_pointer("/rows/0/cells/1").as_int64() == 2);
    CHECK(t.at_pointer("/rows/0/object/kind").as_string() == "PartialObjectMetadata");
    CHECK(t.at_pointer("/rows/0/object/metadata/resourceVersion").as_string() == "7");
    CHECK(t.at_pointer("/rows/0/object/metadata/labels/a").as_string() == "b");
}

TEST_CASE("rows may carry the whole object, or none") {
    auto const known = kinds();
    auto const& k = find(known, "boats");
    auto const whole = table_of(k, boat_ref("a"), http::row_object::whole);
    CHECK(whole.at_pointer("/rows/0/object/spec/sails").as_int64() == 2);
    auto const none = table_of(k, boat_ref("a"), http::row_object::none, false);
    CHECK(none.at_pointer("/rows/0/object").is_null());
    CHECK(none.at("columnDefinitions").is_null());
}

TEST_CASE("a kind without columns shows when it was created") {
    auto const known = kinds();
    auto c = crew{};
    c.metadata.name = "x";
    c.metadata.creation_timestamp = object::timestamp(berth::time_point::from_unix_seconds(1'577'836'800));
    auto const t = table_of(find(known, "crews"), {object::any_object(c), 1}, http::row_object::metadata);
    CHECK(t.at_pointer("/columnDefinitions/1/name").as_string() == "Created At");
    CHECK(t.at_pointer("/rows/0/cells/1").as_string() == "2020-01-01T00:00:00Z");
}

TEST_CASE("a scale has columns of its own") {
    auto const known = kinds();
    auto s = api::scale{};
    s.metadata.name = "x";
    s.spec.replicas = 3;
    s.status.replicas = 1;
    auto const t = table_of(find(known, "boats"), {object::any_object(s), 1}, http::row_object::metadata);
    CHECK(t.at_pointer("/columnDefinitions/1/name").as_string() == "Desired");
    CHECK(t.at_pointer("/rows/0/cells/1").as_int64() == 3);
    CHECK(t.at_pointer("/rows/0/cells/2").as_int64() == 1);
    CHECK(t.at_pointer("/rows/0/cells/3").as_string() == "<unknown>");
}

TEST_CASE("the metadata of a list says how to go on") {
    CHECK(http::list_metadata(5, {}, std::nullopt) == R"({"resourceVersion":"5"})");
    CHECK(http::list_metadata(5, "t", 3) ==
          R"({"resourceVersion":"5","continue":"t","remainingItemCount":3})");
}
