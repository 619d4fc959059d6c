/// \file
/// JSON paths as kubectl has them.

#include <berth/object/json_path.hpp>

#include <boost/json.hpp>
#include <catch2/catch_test_macros.hpp>

#include <string>

using namespace berth;

namespace {

auto const document = boost::json::parse(R"({
    "spec": {"size": 3, "a.b": "dotted", "list": [1, 2, 3, 4]},
    "status": {"conditions": [{"type": "Ready", "status": "True", "n": 2},
                              {"type": "Old", "status": "False"}]}})");

auto found(std::string_view path) -> std::string {
    auto const read = object::json_path::parse(path);
    if (!read) return "bad path";
    auto out = std::string();
    for (auto const* value : read->find(document))
        (out += out.empty() ? "" : " ") += boost::json::serialize(*value);
    return out;
}

} // namespace

TEST_CASE("members, elements and all of them") {
    CHECK(found(".spec.size") == "3");
    CHECK(found(R"(.spec.a\.b)") == R"("dotted")");
    CHECK(found(".spec['a.b']") == R"("dotted")");
    CHECK(found(".spec['size','a.b']") == R"(3 "dotted")");
    CHECK(found(".spec.list[0]") == "1");
    CHECK(found(".spec.list[-1]") == "4");
    CHECK(found(".spec.list[1:3]") == "2 3");
    CHECK(found(".spec.list[::2]") == "1 3");
    CHECK(found(".spec.list[-2:]") == "3 4");
    CHECK(found(".status.conditions[*].type") == R"("Ready" "Old")");
    CHECK(found("..type") == R"("Old" "Ready")");
    CHECK(found(".spec.none").empty());
    CHECK(found(".spec.list[9]").empty());
}

TEST_CASE("filters compare what a path leads to") {
    CHECK(found(R"(.status.conditions[?(@.type=="Ready")].status)") == R"("True")");
    CHECK(found(R"(.status.conditions[?(@.type != 'Ready')].status)") == R"("False")");
    CHECK(found(".status.conditions[?(@.n)].type") == R"("Ready")");
    CHECK(found(".status.conditions[?(@.n >= 2)].type") == R"("Ready")");
    CHECK(found(".spec.list[?(@ > 2)]") == "3 4");
}

TEST_CASE("what is no path is refused") {
    for (auto const* const path : {"spec", ".a[", ".a[?(b)]", ".a['b", ".a[1:2:0]"})
        CHECK(found(path) == "bad path");
    auto deep = std::string();
    for (auto i = 0; i < 1'000; ++i) deep += ".a[?(@";
    CHECK(found(deep) == "bad path");
}

TEST_CASE("descents after one another visit nothing twice") { CHECK(found("......size") == "3"); }
