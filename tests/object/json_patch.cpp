/// \file
/// JSON patches change what they say, all or nothing.

#include "../fuzz/corpus.hpp"
#include "../fuzz/patches.hpp"

#include <berth/object/json_patch.hpp>

#include <boost/json.hpp>
#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

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

namespace {

auto numbered(std::size_t count) -> json::object {
    auto out = json::object();
    out.reserve(count);
    for (std::size_t i = 0; i < count; ++i) out.emplace("k" + std::to_string(i), i);
    return out;
}

/// `count` operations that take away what stands first in `/big`.
auto removals(std::size_t count, bool of_object) -> json::array {
    auto out = json::array();
    for (std::size_t i = 0; i < count; ++i)
        out.push_back({{"op", "remove"}, {"path", of_object ? "/big/k" + std::to_string(i) : "/big/0"}});
    return out;
}

/// Objects in each other, `count` of them, under the key `x`.
auto nested(std::size_t count) -> json::value {
    auto out = json::value(json::object());
    for (std::size_t i = 1; i < count; ++i) out = json::object{{"x", std::move(out)}};
    return out;
}

} // namespace

TEST_CASE("members go from the front of a big object at the cost of their number") {
    auto const done =
        object::apply_json_patch(json::object{{"big", numbered(150'000)}}, removals(9'999, true));
    REQUIRE(done);
    auto const& left = done->at("big").as_object();
    CHECK(left.size() == 140'001);
    CHECK(left.at("k9999") == 9'999);
    CHECK(!left.contains("k9998"));
}

TEST_CASE("a patch that moves too much is refused, whatever it moves") {
    auto const long_array = json::value{{"big", json::array(100'000, json::value(1))}};
    auto const why = [&](json::array const& patch, json::value document) {
        auto const done = object::apply_json_patch(std::move(document), patch);
        return done ? error_code::internal : done.error().code;
    };
    CHECK(object::apply_json_patch(long_array, removals(100, false))->at("big").as_array().size() == 99'900);
    CHECK(why(removals(9'999, false), long_array) == error_code::request_too_large);
    auto insertions = removals(9'999, false);
    for (auto& operation : insertions) {
        operation.as_object()["op"] = "add";
        operation.as_object()["value"] = 0;
    }
    CHECK(why(insertions, long_array) == error_code::request_too_large);
    auto to_and_fro = json::array();
    for (auto i = 0; i < 5'000; ++i) {
        to_and_fro.push_back({{"op", "move"}, {"from", "/big"}, {"path", "/other"}});
        to_and_fro.push_back({{"op", "move"}, {"from", "/other"}, {"path", "/big"}});
    }
    CHECK(why(to_and_fro, long_array) == error_code::request_too_large);
    // what goes lets the last member take its place, and a long key is looked at anew each time
    auto long_key = json::object{{"big", numbered(10'000)}};
    long_key.at("big").as_object().emplace(std::string(1'000'000, 'x'), 1);
    auto backwards = removals(9'999, true);
    std::reverse(backwards.begin(), backwards.end());
    CHECK(why(backwards, std::move(long_key)) == error_code::request_too_large);
}

TEST_CASE("a test costs what it expects, not what it looks at") {
    auto document = numbered(100);
    document.erase("k0");
    document.emplace(std::string(3'000'000, 'x'), 1);
    auto expected = numbered(100);
    expected.erase("k99");
    auto patch = json::array();
    for (auto i = 0; i < 3; ++i) patch.push_back({{"op", "test"}, {"path", ""}, {"value", expected}});
    CHECK(object::apply_json_patch(document, patch).error().message == "testing value  failed: test failed");
    CHECK(object::apply_json_patch(document, {{{"op", "test"}, {"path", ""}, {"value", document}}}));
}

TEST_CASE("nesting grows to a depth and no further") {
    auto const put = [](std::size_t below, std::size_t height) {
        auto path = std::string("/a");
        for (std::size_t i = 0; i < below; ++i) path += "/x";
        auto const patch = json::array{{{"op", "add"}, {"path", "/a"}, {"value", nested(below)}},
                                       {{"op", "add"}, {"path", "/b"}, {"value", nested(height)}},
                                       {{"op", "move"}, {"from", "/b"}, {"path", path}}};
        auto const done = object::apply_json_patch(json::object(), patch);
        return done ? std::string("done") : done.error().message;
    };
    CHECK(put(300, 211) == "done");
    CHECK(put(300, 212).ends_with("the document would be nested more than 512 levels deep"));
    // each move puts all so far inside 400 more levels
    auto path = std::string("/b");
    for (auto i = 0; i < 400; ++i) path += "/x";
    auto patch = json::array{{{"op", "add"}, {"path", "/a"}, {"value", nested(400)}}};
    for (auto i = 0; i < 1'000; ++i) {
        patch.push_back({{"op", "add"}, {"path", "/b"}, {"value", nested(400)}});
        patch.push_back({{"op", "move"}, {"from", "/a"}, {"path", path}});
        patch.push_back({{"op", "move"}, {"from", "/b"}, {"path", "/a"}});
    }
    CHECK(object::apply_json_patch(json::object(), patch).error().code == error_code::invalid);
}

TEST_CASE("the kept patches are applied without a finding") {
    for (auto const& input : tests::corpus("patches")) fuzz::apply_patches(input); // ends the process if not
}
