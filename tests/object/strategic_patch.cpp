/// \file
/// Strategic merge patches merge lists by the keys that a description declares.

#include <berth/object/reflect.hpp>
#include <berth/object/strategic_patch.hpp>

#include <boost/json.hpp>
#include <catch2/catch_test_macros.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

using namespace berth;
namespace json = boost::json;
using object::patch_strategy;

namespace {

struct crate {
    std::string name;
    std::vector<std::string> marks;
    object::dictionary<std::string> papers;
    object::unknown_fields unknown;

    BERTH_DESCRIBE(crate, "test.Crate", (name), (marks, .patch = patch_strategy::merge), (papers))
};

struct hold {
    std::vector<crate> crates;
    std::vector<std::string> crew;
    std::vector<crate> ballast;
    object::boxed<crate> safe;
    object::boxed<crate> flag;
    object::unknown_fields unknown;

    BERTH_DESCRIBE(hold, "test.Hold",
                   (crates, .merge_key = "name", .patch = patch_strategy::merge_retain_keys),
                   (crew, .patch = patch_strategy::merge), (ballast), (safe),
                   (flag, .patch = patch_strategy::replace))
};

auto patched(std::string_view document, std::string_view patch) -> std::string {
    auto const result =
        object::apply_strategic_patch(json::parse(document), json::parse(patch), object::type_of<hold>());
    return result ? json::serialize(*result) : result.error().message;
}

} // namespace

TEST_CASE("lists with a merge key merge, others are replaced") {
    CHECK(patched(R"({"crates":[{"name":"a","x":1},{"name":"b"}]})", R"({"crates":[{"name":"a","y":2}]})") ==
          R"({"crates":[{"name":"a","x":1,"y":2},{"name":"b"}]})");
    CHECK(patched(R"({"crates":[{"name":"a"}]})", R"({"crates":[{"name":"z"}]})") ==
          R"({"crates":[{"name":"z"},{"name":"a"}]})");
    CHECK(patched(R"({"ballast":[{"name":"a"}]})", R"({"ballast":[{"name":"z"}]})") ==
          R"({"ballast":[{"name":"z"}]})");
    CHECK(patched(R"({"crew":["x","y"]})", R"({"crew":["z","x"]})") == R"({"crew":["z","x","y"]})");
    CHECK(patched(R"({"safe":{"name":"a","papers":{"p":"1"}}})", R"({"safe":{"papers":{"q":"2"}}})") ==
          R"({"safe":{"name":"a","papers":{"p":"1","q":"2"}}})");
    CHECK(patched(R"({"flag":{"name":"a"}})", R"({"flag":{"marks":["m"]}})") ==
          R"({"flag":{"marks":["m"]}})");
}

TEST_CASE("null removes a member") {
    CHECK(patched(R"({"safe":{"name":"a"},"crew":["x"]})", R"({"safe":null,"flag":null})") ==
          R"({"crew":["x"]})");
    CHECK(patched(R"({})", R"({"safe":{"name":null,"marks":["m"]}})") == R"({"safe":{"marks":["m"]}})");
}

TEST_CASE("directives delete and replace") {
    CHECK(patched(R"({"crates":[{"name":"a"},{"name":"b"}]})",
                  R"({"crates":[{"$patch":"delete","name":"a"}]})") == R"({"crates":[{"name":"b"}]})");
    CHECK(patched(R"({"crates":[{"name":"a"}]})", R"({"crates":[{"$patch":"replace"},{"name":"z"}]})") ==
          R"({"crates":[{"name":"z"}]})");
    CHECK(patched(R"({"safe":{"name":"a","marks":["m"]}})", R"({"safe":{"$patch":"replace","name":"z"}})") ==
          R"({"safe":{"name":"z"}})");
    CHECK(patched(R"({"safe":{"name":"a"}})", R"({"safe":{"$patch":"delete"}})") == R"({"safe":{}})");
    CHECK(patched(R"({})", R"({"crates":[{"$patch":"delete","name":"a"}]})") == R"({"crates":[]})");
    CHECK(patched(R"({"crew":["x","y","z"]})", R"({"$deleteFromPrimitiveList/crew":["y"]})") ==
          R"({"crew":["x","z"]})");
    CHECK(patched(R"({"crates":[{"name":"a","x":1,"y":2}]})",
                  R"({"crates":[{"$retainKeys":["name","y"],"name":"a"}]})") ==
          R"({"crates":[{"name":"a","y":2}]})");
}

TEST_CASE("an order directive orders what it names, and keeps the rest in place") {
    CHECK(patched(R"({"crates":[{"name":"a"},{"name":"b"},{"name":"c"}]})",
                  R"({"$setElementOrder/crates":[{"name":"c"},{"name":"a"}]})") ==
          R"({"crates":[{"name":"b"},{"name":"c"},{"name":"a"}]})");
    CHECK(patched(R"({"crates":[{"name":"a"},{"name":"b"}]})",
                  R"({"$setElementOrder/crates":[{"name":"b"},{"name":"z"},{"name":"a"}],)"
                  R"("crates":[{"name":"z"}]})") == R"({"crates":[{"name":"b"},{"name":"z"},{"name":"a"}]})");
    CHECK(patched(R"({"crew":["x","y"]})", R"({"$setElementOrder/crew":["z","y"],"crew":["z"]})") ==
          R"({"crew":["z","x","y"]})");
}

TEST_CASE("a directive that cannot be is refused in the words of Kubernetes") {
    CHECK(patched(R"({"crates":[]})", R"({"crates":[{"x":1}]})") ==
          "map: map[x:1] does not contain declared merge key: name");
    CHECK(patched(R"({"safe":{}})", R"({"safe":{"$patch":"nope"}})") ==
          "unknown patch type: nope in map: map[$patch:nope]");
    CHECK(patched(R"({"crates":[]})", R"({"crates":[{"name":"a","$patch":"merge"}]})") ==
          "merging lists cannot yet be specified in the patch");
    CHECK(patched(R"({})", R"({"$setElementOrder/crates":null})") ==
          "expected a []interface {}, but received a %!s(<nil>)");
    CHECK(patched(R"({})", R"({"$setElementOrder":[]})") == "invalid patch format of setElementOrder list");
    CHECK(patched(R"({})", R"({"$retainKeys":"x"})") == "invalid patch format of retainKeys");
    CHECK(
        patched(R"({"crew":["x"]})", R"({"crew":[1]})").starts_with("list element types are not identical"));
    CHECK(patched(R"({"crew":[["x"]]})", R"({"crew":[["y"]]})") == "lists of lists are not supported");
    CHECK(patched(R"({"crew":["x"]})", R"([])") ==
          "json: cannot unmarshal into Go value of type map[string]interface {}");
}

TEST_CASE("members that nobody described merge as objects and are replaced as lists") {
    CHECK(patched(R"({"new":{"a":{"b":1},"l":[1]}})", R"({"new":{"a":{"c":2},"l":[2]}})") ==
          R"({"new":{"a":{"b":1,"c":2},"l":[2]}})");
}

namespace {

auto crates(std::size_t count) -> json::array {
    auto out = json::array();
    out.reserve(count);
    for (std::size_t i = 0; i < count; ++i) out.emplace_back(json::object{{"name", "c" + std::to_string(i)}});
    return out;
}

} // namespace

TEST_CASE("many elements are deleted, merged and ordered at the cost of their number") {
    constexpr auto count = std::size_t{10'000};
    auto const document = json::value{{"crates", crates(count)}, {"crew", json::array()}};
    auto deletions = crates(count - 1);
    for (auto& one : deletions) one.as_object()["$patch"] = "delete";
    auto const deleted =
        object::apply_strategic_patch(document, {{"crates", deletions}}, object::type_of<hold>());
    REQUIRE(deleted);
    CHECK(json::serialize(*deleted) == R"({"crates":[{"name":"c9999"}],"crew":[]})");
    auto const merged = object::apply_strategic_patch(
        document, {{"crates", crates(count)}, {"$setElementOrder/crates", crates(count)}},
        object::type_of<hold>());
    REQUIRE(merged);
    CHECK(*merged == document);
    // directives in what is put in
    auto const put =
        object::apply_strategic_patch(json::object(), {{"ballast", deletions}}, object::type_of<hold>());
    CHECK(json::serialize(*put) == R"({"ballast":[]})");
    auto kept = json::object{{"name", "a"}};
    for (std::size_t i = 0; i < count; ++i) kept.emplace("k" + std::to_string(i), nullptr);
    auto const safe = json::value{{"safe", kept}};
    auto const retained = object::apply_strategic_patch(
        safe, {{"safe", {{"$retainKeys", json::array{"name"}}}}}, object::type_of<hold>());
    CHECK(json::serialize(*retained) == R"({"safe":{"name":"a"}})");
    CHECK(json::serialize(*object::apply_strategic_patch(safe, {{"safe", kept}}, object::type_of<hold>())) ==
          R"({"safe":{"name":"a"}})");
}

TEST_CASE("a patch that merges a long list again and again is refused") {
    auto marks = json::array();
    for (auto i = 0; i < 10'000; ++i) marks.push_back(json::value(std::to_string(i)));
    auto const document = json::value{{"crates", {{{"name", "a"}, {"marks", marks}}}}};
    auto again = json::array();
    for (auto i = 0; i < 1'000; ++i) again.push_back({{"name", "a"}, {"marks", {"x"}}});
    auto const done = object::apply_strategic_patch(document, {{"crates", again}}, object::type_of<hold>());
    REQUIRE(!done);
    CHECK(done.error().code == error_code::request_too_large);
    again.resize(2);
    CHECK(object::apply_strategic_patch(document, {{"crates", again}}, object::type_of<hold>()));
}

TEST_CASE("an order is compared with each element once") {
    auto order = json::array();
    for (auto i = 0; i < 100'000; ++i) order.emplace_back(json::object{{"name", ""}});
    auto const name = std::string(1'000'000, 'n');
    order.emplace_back(json::object{{"name", name}});
    auto const patch = json::value{{"crates", {{{"name", name}}}}, {"$setElementOrder/crates", order}};
    CHECK(object::apply_strategic_patch({{"crates", {{{"name", "a"}}}}}, patch, object::type_of<hold>()));
}
