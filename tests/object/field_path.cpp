#include "things.hpp"

#include <berth/object/field_path.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace things;

namespace {

auto some_thing() -> thing {
    auto t = thing{};
    t.metadata.name = "x";
    t.metadata.labels["a.b/c"] = "d";
    auto& b = t.spec;
    b.small = 7;
    b.maybe = 0;
    b.text = "say \"hi\"";
    b.words = {"one", "two"};
    b.at = object::timestamp(time_point::from_unix_seconds(1'767'225'600));
    b.rare_part = part{"mast", 3, {}};
    b.parts = {part{"bow", 1, {}}, part{"", 2, {}}, part{"stern", 0, {}}};
    b.named_parts["left"] = part{"port", 4, {}};
    b.unknown.engage()["extra"].text = R"({"a":[1]})";
    return t;
}

auto at(std::string_view path) -> std::string {
    auto const t = some_thing();
    auto const read = object::field_path::parse(path);
    if (!read) return read.error().message;
    auto const found = read->find(object::type_of<thing>(), &t);
    return found ? found->to_string() : "nothing";
}

} // namespace

TEST_CASE("a path leads to members, however they are held") {
    CHECK(at(".metadata.name") == "x");
    CHECK(at("{.spec.small}") == "7");
    CHECK(at("$.spec.maybe") == "0");
    CHECK(at(".spec.text") == "say \"hi\"");
    CHECK(at(".spec.rarePart.name") == "mast");
    CHECK(at(".spec.rarePart") == R"({"name":"mast","weight":3})");
    CHECK(at(".spec.at") == "2026-01-01T00:00:00Z");
    CHECK(at(".metadata.labels['a.b/c']") == "d");
    CHECK(at(".metadata.labels[\"a.b/c\"]") == "d");
    CHECK(at(".spec.namedParts.left.weight") == "4");
    CHECK(at(".spec.extra") == R"({"a":[1]})");
}

TEST_CASE("a path leads to elements of lists") {
    CHECK(at(".spec.words[0]") == "one");
    CHECK(at(".spec.words[-1]") == "two");
    CHECK(at(".spec.words") == R"(["one","two"])");
    CHECK(at(".spec.parts[*].weight") == "1");
    CHECK(at(".spec.parts[1].name") == "");
    CHECK(at(R"(.spec.parts[?(@.name=="stern")].name)") == "stern");
    CHECK(at(".spec.parts[?(@.name=='bow')].weight") == "1");
    CHECK(at(".spec.parts[?(@.weight==\"2\")].weight") == "2");
}

TEST_CASE("what is absent is nothing, and so is what lies beyond") {
    for (auto const* const path :
         {".spec.large", ".spec.nosuch", ".spec.nosuch.deeper", ".spec.words[2]", ".spec.words[-3]",
          ".spec.text.deeper", ".spec.small[0]", ".spec.inner.small", ".metadata.labels.nosuch",
          ".spec.extra.a", ".spec.parts[?(@.name==\"nosuch\")].name",
          ".spec.parts[?(@.nosuch==\"x\")].name"}) {
        CAPTURE(path);
        CHECK(at(path) == "nothing");
    }
    CHECK(at(".spec.kept") == "0"); // it is always written
}

TEST_CASE("what is no path is refused with where it went wrong") {
    CHECK(at(".spec..a") == "the field path .spec..a cannot be understood from .a");
    for (auto const* const path :
         {".a[", ".a[]", ".a[x]", ".a[0", ".a['b]", ".a[?(@.b)]", ".a[?(@.b==c)]", ".a[?(@.b==\"c)]",
          ".a[?(@.b==\"c\"]", ".a[?(@.b==", ".a[99999999999999999999]", "..", ".a}"}) {
        CAPTURE(path);
        CHECK(at(path).find("cannot be understood") != std::string::npos);
    }
}
