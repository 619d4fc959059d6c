/// \file
/// Values as JSON text.

#include "things.hpp"

#include <berth/object/encode.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstdint>
#include <limits>
#include <string>

using namespace things;

namespace {

auto document(auto const& object, std::int64_t rev) -> std::string {
    auto out = std::string();
    object::append_document(out, object::type_of<std::decay_t<decltype(object)>>(), &object, rev);
    return out;
}

auto quoted(std::string_view text) -> std::string {
    auto out = std::string();
    object::append_json_string(out, text);
    return out;
}

} // namespace

TEST_CASE("texts are escaped where JSON needs it and nowhere else") {
    CHECK(quoted("") == R"("")");
    CHECK(quoted("plain / text ä") == R"("plain / text ä")");
    CHECK(quoted("\"\\\n\r\t") == R"("\"\\\n\r\t")");
    CHECK(quoted(std::string_view("\0\x1f\x7f", 3)) == "\"\\u0000\\u001f\x7f\"");
    CHECK(quoted("a\"") == R"("a\"")");
}

TEST_CASE("numbers are written in full") {
    auto b = body();
    b.small = std::numeric_limits<std::int32_t>::min();
    b.large = std::numeric_limits<std::int64_t>::max();
    b.real = 0.1;
    CHECK(object::to_json_text(b) ==
          R"({"small":-2147483648,"large":9223372036854775807,"real":0.1,"kept":0,"keptList":null})");
}

TEST_CASE("zero members are left out unless they are always written") {
    CHECK(object::to_json_text(body()) == R"({"kept":0,"keptList":null})");
    CHECK(object::to_json_text(part()) == R"({"name":""})");
    auto b = body();
    b.maybe = 0;
    b.rare_part = part();
    CHECK(object::to_json_text(b) == R"({"maybe":0,"rarePart":{"name":""},"kept":0,"keptList":null})");
}

TEST_CASE("a document says its kind, and its revision if it has one") {
    auto t = thing();
    t.metadata.name = "n";
    t.spec.kept = 1;
    CHECK(document(t, 0) == R"({"kind":"Thing","apiVersion":"test/v1","metadata":{"name":"n"},)"
                            R"("spec":{"kept":1,"keptList":null}})");
    CHECK(document(t, 7) ==
          R"({"kind":"Thing","apiVersion":"test/v1","metadata":{"resourceVersion":"7","name":"n"},)"
          R"("spec":{"kept":1,"keptList":null}})");
}

TEST_CASE("a revision is written into metadata that is empty or comes late") {
    CHECK(document(other(), 0) == R"({"kind":"Other","apiVersion":"v1"})");
    CHECK(document(other(), 5) == R"({"kind":"Other","apiVersion":"v1","metadata":{"resourceVersion":"5"}})");
    auto o = other();
    o.first = R"("metadata":{)";
    o.unknown.engage()["metadatum"].text = R"({"metadata":{}})";
    CHECK(document(o, 5) == R"({"kind":"Other","apiVersion":"v1","first":"\"metadata\":{",)"
                            R"("metadata":{"resourceVersion":"5"},"metadatum":{"metadata":{}}})");
}
