/// \file
/// The names of verbs.

#include <berth/api/verb.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string_view>
#include <vector>

TEST_CASE("verbs are called as discovery documents call them, and in that order") {
    auto names = std::vector<std::string_view>();
    for (auto const v : berth::api::all_verbs()) names.push_back(to_string(v));
    CHECK(names == std::vector<std::string_view>{"create", "delete", "deletecollection", "get", "list",
                                                 "patch", "update", "watch"});
}
