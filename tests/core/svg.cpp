#include <berth/core/svg.hpp>

#include <catch2/catch_test_macros.hpp>

namespace svg = berth::svg;

TEST_CASE("texts are escaped for elements and attributes, and control characters do not pass") {
    CHECK(svg::escaped("a<b>&\"c\"") == "a&lt;b&gt;&amp;&quot;c&quot;");
    CHECK(svg::escaped("line\nline\t\x01") == "line\nline\t?");
    CHECK(svg::text(1, 2, "note", "<") == "<text class=\"note\" x=\"1\" y=\"2\">&lt;</text>\n");
}

TEST_CASE("a box has its place, its size and its colour") {
    CHECK(svg::box(1, 2, 3, 4, "#fff") == R"(<rect x="1" y="2" width="3" height="4" fill="#fff"/>)");
    CHECK(svg::box(1, 2, 3, 4, "#fff", "rx=\"1\"") ==
          R"(<rect x="1" y="2" width="3" height="4" fill="#fff" rx="1"/>)");
}

TEST_CASE("a document has its size, its style and a white ground") {
    CHECK(svg::document(10, 20, "a{}", "body") ==
          "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"10\" height=\"20\" viewBox=\"0 0 10 20\" "
          "shape-rendering=\"crispEdges\">\n<style>a{}</style>\n"
          "<rect x=\"0\" y=\"0\" width=\"10\" height=\"20\" fill=\"#ffffff\"/>\nbody</svg>\n");
}
