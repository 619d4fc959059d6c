#include "harbour.hpp"

#include <berth/api/http/openapi_v2.hpp>

#include <boost/json/parse.hpp>
#include <catch2/catch_test_macros.hpp>

namespace http = berth::api::http;
using namespace harbour;

TEST_CASE("the old document has the schemas of all groups") {
    auto const known = kinds();
    auto const doc = boost::json::parse(http::openapi_v2_text(known));
    CHECK(doc.at("swagger").as_string() == "2.0");
    auto const& all = doc.at("definitions").as_object();
    CHECK(all.contains("io.harbour.v1.Crew"));
    auto const& boat = all.at("io.harbour.v1.Boat");
    CHECK(boat.at_pointer("/properties/spec/$ref").as_string() == "#/definitions/io.harbour.v1.BoatSpec");
    CHECK(boat.at_pointer("/x-kubernetes-group-version-kind/0/group").as_string() == "harbour.io");
}

TEST_CASE("the protobuf form says the same") {
    auto const bytes =
        http::openapi_v2_protobuf(R"({"swagger":"2.0","info":{"title":"K","version":"1"},"definitions":)"
                                  R"({"A":{"type":"object","required":["b"],)"
                                  R"("properties":{"b":{"$ref":"#/definitions/A"}},"x-y":1}}})");
    auto const field = [](int number, std::string const& inner) {
        auto head = std::string();
        auto const tag = number << 3 | 2;
        if (tag < 128) head += static_cast<char>(tag);
        else (head += static_cast<char>((tag & 127) | 128)) += static_cast<char>(tag >> 7);
        return head + static_cast<char>(inner.size()) + inner;
    };
    auto const b = field(1, "b") + field(2, field(1, "#/definitions/A"));
    auto const schema = field(22, field(1, "object")) + field(19, "b") + field(25, field(1, b)) +
                        field(31, field(1, "x-y") + field(2, field(2, "1")));
    CHECK(bytes == field(1, "2.0") + field(2, field(1, "K") + field(2, "1")) + field(8, "") +
                       field(9, field(1, field(1, "A") + field(2, schema))));
}
