/// \file
/// JSON patches change what they say, all or nothing.

#include <berth/object/json_patch.hpp>

#include <boost/json.hpp>
#include <catch2/catch_test_macros.hpp>

#include <string>
#include <string_view>

using namespace berth;
namespace json = boost::json;

namespace {

auto patched(std::string_view document, std::string_view patch) -> std::string {
    auto const result = object::apply_json_patch(json::parse(document), json::parse(patch));
    return result ? json::serialize(*result) : result.error().message;
}

} // namespace

TEST_CASE("the operations of RFC 6902") {
    CHECK(patched(R"({"a":1})", R"([{"op":"add","path":"/b","value":[1]}])") == R"({"a":1,"b":[1]})");
    CHECK(patched(R"({"a":[1,3]})", R"([{"op":"add","path":"/a/1","value":2}])") == R"({"a":[1,2,3]})");
    CHECK(patched(R"({"a":[1]})", R"([{"op":"add","path":"/a/-","value":2}])") == R"({"a":[1,2]})");
    CHECK(patched(R"({"a":[1,2]})", R"([{"op":"remove","path":"/a/0"}])") == R"({"a":[2]})");
    CHECK(patched(R"({"a":1,"b":2})", R"([{"op":"remove","path":"/a"}])") == R"({"b":2})");
    CHECK(patched(R"({"a":{"b":1}})", R"([{"op":"replace","path":"/a/b","value":2}])") == R"({"a":{"b":2}})");
    CHECK(patched(R"({"a":1})", R"([{"op":"replace","path":"","value":{"b":2}}])") == R"({"b":2})");
    CHECK(patched(R"({"a":1})", R"([{"op":"move","from":"/a","path":"/b"}])") == R"({"b":1})");
    CHECK(patched(R"({"a":{"c":1}})", R"([{"op":"copy","from":"/a","path":"/b"}])") ==
          R"({"a":{"c":1},"b":{"c":1}})");
    CHECK(patched(R"({"a/b":{"m~n":1}})", R"([{"op":"test","path":"/a~1b/m~0n","value":1}])") ==
          R"({"a/b":{"m~n":1}})");
    CHECK(patched(R"({})", R"([])") == "{}");
}

TEST_CASE("what Kubernetes' library does beyond the RFC") {
    CHECK(patched(R"({"a":[1,2,3]})", R"([{"op":"remove","path":"/a/-1"}])") == R"({"a":[1,2]})");
    CHECK(patched(R"({"a":[1]})", R"([{"op":"add","path":"/a/-1","value":2}])") == R"({"a":[1,2]})");
    CHECK(patched(R"({})", R"([{"op":"replace","path":"/a","value":1}])") == R"({"a":1})");
    CHECK(patched(R"({})", R"([{"op":"copy","from":"/x","path":"/a"}])") == R"({"a":null})");
    CHECK(patched(R"({})", R"([{"op":"test","path":"/x","value":null}])") == "{}");
    CHECK(patched(R"({})",
                  R"([{"op":"add","path":"/a","value":null},{"op":"copy","from":"/a","path":"/b"},)"
                  R"({"op":"test","path":"/b","value":{}},{"op":"test","path":"/a","value":null}])") ==
          R"({"a":null,"b":null})");
}

TEST_CASE("a copied null reads as an empty object, and cannot be written to") {
    auto const after_copy = [](std::string const& operation) {
        return patched("{}",
                       R"([{"op":"add","path":"/a","value":null},{"op":"copy","from":"/a","path":"/b"},)" +
                           operation + "]");
    };
    CHECK(after_copy(R"({"op":"test","path":"/b/x","value":null})") == R"({"a":null,"b":null})");
    CHECK(after_copy(R"({"op":"copy","from":"/b/x","path":"/c"})") == R"({"a":null,"b":null,"c":null})");
    CHECK(after_copy(R"({"op":"remove","path":"/b/x"})") ==
          "error in remove for path: '/b/x': Unable to remove nonexistent key: x: missing value");
    CHECK(after_copy(R"({"op":"add","path":"/b/x","value":1})") ==
          "error in add for path: '/b/x': assignment to entry in nil map");
    CHECK(after_copy(R"({"op":"replace","path":"/b/x","value":1})") == "assignment to entry in nil map");
    CHECK(after_copy(R"({"op":"add","path":"/a/x","value":1})").starts_with("add operation does not apply"));
    CHECK(after_copy(R"({"op":"move","from":"/b","path":"/c"})") == R"({"a":null,"c":null})");
}

TEST_CASE("an operation that does not apply is refused in the words of Kubernetes") {
    CHECK(patched(R"({})", R"([{"op":"remove","path":"/a"}])") ==
          "error in remove for path: '/a': Unable to remove nonexistent key: a: missing value");
    CHECK(patched(R"({})", R"([{"op":"add","path":"/a/b","value":1}])") ==
          "add operation does not apply: doc is missing path: \"/a/b\": missing value");
    CHECK(patched(R"({"a":[]})", R"([{"op":"add","path":"/a/x","value":1}])") ==
          "error in add for path: '/a/x': value was not a proper array index: 'x': strconv.Atoi: "
          "parsing \"x\": invalid syntax");
    CHECK(patched(R"({"a":[]})", R"([{"op":"add","path":"/a/2","value":1}])") ==
          "error in add for path: '/a/2': Unable to access invalid index: 2: invalid index referenced");
    CHECK(patched(R"({"a":1})", R"([{"op":"test","path":"/a","value":1.0}])") ==
          "testing value /a failed: test failed");
    CHECK(patched(R"({})", R"([{"op":"leap"}])") == "Unexpected kind: leap");
    CHECK(patched(R"({})", R"([{"op":"add","value":1}])") ==
          "add operation failed to decode path: missing value");
    CHECK(patched(R"({"a":{}})", R"([{"op":"move","from":"/a","path":"/a/b"}])") ==
          "move operation does not apply: doc is missing destination path: /a/b: missing value");
}

TEST_CASE("what is no patch, and what is too much, is refused") {
    CHECK(object::apply_json_patch({}, {}).error().code == error_code::bad_request);
    CHECK(object::apply_json_patch({}, json::array{1}).error().code == error_code::bad_request);
    auto const two =
        json::parse(R"([{"op":"copy","from":"/a","path":"/b"},{"op":"copy","from":"/b","path":"/c"}])");
    auto const document = json::parse(R"({"a":"0123456789"})");
    CHECK(object::apply_json_patch(document, two, {.operations = 1}).error().code ==
          error_code::request_too_large);
    CHECK(object::apply_json_patch(document, two, {.copied_bytes = 20}).error().code == error_code::invalid);
    CHECK(object::apply_json_patch(document, two, {.copied_bytes = 24}));
}
