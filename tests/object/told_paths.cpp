/// \file
/// Lists of paths that stay short.

#include <berth/object/told_paths.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstddef>
#include <string>
#include <vector>

using berth::object::told_paths;

TEST_CASE("paths are told in order and once each") {
    auto told = told_paths();
    for (auto const* path : {"b", "a", "b", "c"}) told.add(path);
    CHECK(told.paths() == std::vector<std::string>{"b", "a", "c"});
    CHECK_FALSE(told.full());
}

TEST_CASE("what comes after the greatest number is left out") {
    auto told = told_paths();
    for (auto i = 0; i < 1'000; ++i) told.add(std::to_string(i));
    CHECK(told.full());
    CHECK(told.paths().size() == told_paths::most);
    CHECK(told.paths().back() == "99");
}

TEST_CASE("a path without room is cut between two characters") {
    auto told = told_paths();
    told.add(std::string(told_paths::most_text - 3, 'x'));
    told.add("\u00e4\u00e4\u00e4");
    CHECK(told.paths().back() == "\u00e4");
    told.add("yy");
    CHECK(told.full());
    CHECK(told.paths().back() == "y");
}
