/// \file
/// Tables and lines of text for people.

#include <berth/schedule/detail/text_table.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace berth::schedule;

TEST_CASE("columns are as wide as their widest cell, numbers to the right, the last column to the left") {
    auto t = detail::text_table<std::string>();
    t.add({"node", "points", ""});
    t.add({"a", "7", "<- chosen"});
    CHECK(t.text() == "node  points\na          7  <- chosen\n");
}

TEST_CASE("a long line breaks at spaces, loses none of its words, and goes on to the right") {
    auto const line = std::string("one two three four five six");
    CHECK(detail::wrapped(line, 100) == line);
    CHECK(detail::wrapped(line, 13) == "one two three\n    four five\n    six");
    CHECK(detail::wrapped(line, 15) == "one two three\n    four five\n    six");
    CHECK(detail::wrapped(std::string("unbreakable"), 6) == "unbreakable");
    CHECK(detail::wrapped(std::string("unbreakable word"), 6) == "unbreakable\n    word");
    CHECK(detail::wrapped(std::string(), 6).empty());
}
