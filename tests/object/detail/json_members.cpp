/// \file
/// Members and elements that are taken out at once.

#include <berth/object/detail/json_members.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <catch2/catch_test_macros.hpp>

#include <cstddef>

namespace json = boost::json;
using namespace berth::object::detail;

TEST_CASE("members are asked once each, in order, and those that stay keep theirs") {
    auto object = json::parse(R"({"a":1,"b":2,"c":3,"d":4})").as_object();
    auto asked = json::array();
    erase_members_if(object, [&](auto& member) {
        asked.emplace_back(member.key());
        auto const goes = member.value() == 2 || member.value() == 3;
        member.value() = 0;
        return goes;
    });
    CHECK(json::serialize(asked) == R"(["a","b","c","d"])");
    CHECK(json::serialize(object) == R"({"a":0,"d":0})");
    erase_members_if(object, [](auto const&) { return false; });
    CHECK(object.size() == 2);
    erase_members_if(object, [](auto const&) { return true; });
    CHECK(object.empty());
}

TEST_CASE("elements are asked once each, in order, and those that stay keep theirs") {
    auto array = json::parse("[0,1,2,3,4,5]").as_array();
    auto asked = std::size_t{0};
    erase_elements_if(array, [&](auto const& element) { return ++asked, element.as_int64() % 2 == 0; });
    CHECK(asked == 6);
    CHECK(json::serialize(array) == "[1,3,5]");
    erase_elements_if(array, [](auto const&) { return true; });
    CHECK(array.empty());
}
