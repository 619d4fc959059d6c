/// \file
/// Merge patches, and that the difference of two documents is one.

#include <berth/object/json_diff.hpp>
#include <berth/object/merge_patch.hpp>

#include <boost/json.hpp>
#include <catch2/catch_test_macros.hpp>

#include <random>
#include <string>
#include <string_view>

using namespace berth;
namespace json = boost::json;

namespace {

auto merged(std::string_view document, std::string_view patch) -> std::string {
    auto const result = object::apply_merge_patch(json::parse(document), json::parse(patch));
    return result ? json::serialize(*result) : result.error().message;
}

auto random_value(std::mt19937& random, int depth) -> json::value {
    switch (random() % (depth > 0 ? 5 : 3)) {
    case 0: return static_cast<int>(random() % 3);
    case 1: return random() % 2 == 0;
    case 2: return "text";
    case 3: {
        auto out = json::array();
        for (auto n = random() % 3; n > 0; --n) out.push_back(random_value(random, depth - 1));
        return out;
    }
    default: break;
    }
    auto out = json::object();
    for (auto n = random() % 4; n > 0; --n)
        out[std::string(1, static_cast<char>('a' + random() % 4))] = random_value(random, depth - 1);
    return out;
}

auto random_object(std::mt19937& random) -> json::object {
    for (;;)
        if (auto value = random_value(random, 4); value.is_object()) return value.get_object();
}

} // namespace

TEST_CASE("null removes, objects merge, anything else replaces") {
    CHECK(merged(R"({"a":1,"b":2})", R"({"a":null,"c":{"d":null,"e":1}})") == R"({"b":2,"c":{"e":1}})");
    CHECK(merged(R"({"a":{"b":1,"c":2}})", R"({"a":{"b":3}})") == R"({"a":{"b":3,"c":2}})");
    CHECK(merged(R"({"a":[1,2]})", R"({"a":[3]})") == R"({"a":[3]})");
    CHECK(merged(R"({"a":1})", R"({"b":[{"c":null},null]})") == R"({"a":1,"b":[{},null]})");
    CHECK(merged(R"({"a":{}})", R"({"a":[{"c":null}]})") == R"({"a":[{"c":null}]})");
    CHECK(merged(R"({"a":1})", R"([])") == "Invalid JSON Patch");
}

TEST_CASE("the difference of two documents makes one of the other") {
    auto random = std::mt19937(3);
    for (auto i = 0; i < 5000; ++i) {
        auto const from = random_object(random);
        auto const to = random_object(random);
        auto const patch = object::merge_patch_between(from, to);
        INFO(json::serialize(from) << " to " << json::serialize(to) << " by " << json::serialize(patch));
        REQUIRE(*object::apply_merge_patch(from, patch) == to);
        REQUIRE(object::merge_patch_between(to, to).empty());
        REQUIRE(patch.empty() == (from == to));
    }
}

TEST_CASE("many members go at the cost of their number") {
    auto document = json::object();
    auto patch = json::object();
    for (auto i = 0; i < 200'000; ++i) {
        auto const key = "k" + std::to_string(i);
        document.emplace(key, i);
        if (i % 2 == 0) patch.emplace(key, nullptr);
    }
    auto const done = object::apply_merge_patch(document, patch);
    REQUIRE(done);
    CHECK(done->as_object().size() == 100'000);
    CHECK(done->as_object().begin()->key() == "k1");
    // nulls within a value that is put in go as well
    auto const put = object::apply_merge_patch(json::object(), json::object{{"new", patch}});
    CHECK(json::serialize(*put) == R"({"new":{}})");
}
