/// \file
/// On which lines fields stand.

#include <berth/api/yaml_lines.hpp>

#include <catch2/catch_test_macros.hpp>

using berth::api::yaml_lines;

TEST_CASE("fields have the lines on which they begin") {
    auto const lines = yaml_lines("a: 1\n"
                                  "# no field\n"
                                  "list:\n"
                                  "- name: x\n"
                                  "  deep: {one: 1,\n"
                                  "    two: 2}\n"
                                  "- y\n"
                                  "- - z\n"
                                  "\"quoted\": |\n"
                                  "  text\n"
                                  "last: ~\n");
    CHECK(lines.line_of("a") == 1U);
    CHECK(lines.line_of("list") == 3U);
    CHECK(lines.line_of("list[0].name") == 4U);
    CHECK(lines.line_of("list[0].deep.one") == 5U);
    CHECK(lines.line_of("list[0].deep.two") == 6U);
    CHECK(lines.line_of("list[1]") == 7U);
    CHECK(lines.line_of("list[2][0]") == 8U);
    CHECK(lines.line_of("quoted") == 9U);
    CHECK(lines.line_of("last") == 11U);
}

TEST_CASE("what is not in the text has the line of what is around it") {
    auto const lines = yaml_lines("list:\n- name: x\n- other: {}\n");
    CHECK(lines.line_of("list[1].missing.deeper") == 3U);
    CHECK(lines.line_of("list[7]") == 1U);
    CHECK(lines.line_of("nowhere") == std::nullopt);
    CHECK(lines.line_of("") == std::nullopt);
}

TEST_CASE("of a text that cannot be read no line is known, and aliases have that of their own") {
    CHECK(yaml_lines("a: [1\nb: 2").line_of("a") == std::nullopt);
    auto const lines = yaml_lines("a: &x {one: 1}\nb: *x\nc: 3\n");
    CHECK(lines.line_of("b.one") == 2U);
    CHECK(lines.line_of("c") == 3U);
}

TEST_CASE("JSON is YAML too") {
    auto const lines = yaml_lines("{\"a\": {\n\"b\": [1,\n2]}}");
    CHECK(lines.line_of("a.b[1]") == 3U);
}
