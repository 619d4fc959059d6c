#include "harbour.hpp"

#include <berth/api/http/openapi_v2.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <catch2/catch_test_macros.hpp>

#include <string>

namespace http = berth::api::http;
using namespace harbour;

namespace {

/// A field of a message in its bytes.
auto field(int number, std::string const& inner) -> std::string {
    auto head = std::string();
    auto const tag = number << 3 | 2;
    if (tag < 128) head += static_cast<char>(tag);
    else (head += static_cast<char>((tag & 127) | 128)) += static_cast<char>(tag >> 7);
    return head + static_cast<char>(inner.size()) + inner;
}

} // namespace

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

TEST_CASE("the old document says how each kind can be written, as clients before 1.27 look for it") {
    auto const doc = boost::json::parse(http::openapi_v2_text(kinds()));
    auto const& paths = doc.at("paths").as_object();
    auto const& patch =
        paths.at("/apis/harbour.io/v1/namespaces/{namespace}/boats/{name}").at("patch").as_object();
    CHECK(boost::json::serialize(patch.at("x-kubernetes-group-version-kind")) ==
          R"({"group":"harbour.io","kind":"Boat","version":"v1"})");
    auto names = std::string();
    for (auto const& p : patch.at("parameters").as_array()) {
        CHECK(p.at("in").as_string() == "query");
        CHECK(p.as_object().contains("type")); // in version 3 it has a schema
        names += std::string(p.at("name").as_string()) + " ";
    }
    CHECK(names == "dryRun fieldManager fieldValidation force ");
    CHECK(patch.at("consumes").as_array().size() == 4);
    CHECK(paths.at("/apis/harbour.io/v1/boats").at("get").at("parameters").as_array().empty());
}

TEST_CASE("the protobuf form says the same of paths") {
    auto const bytes = http::openapi_v2_protobuf(
        R"({"swagger":"2.0","info":{"title":"K","version":"1"},"paths":{"/a":{"patch":{"consumes":["c"],)"
        R"("x-y":1,"parameters":[{"name":"n","in":"query","type":"string"}],)"
        R"("responses":{"200":{"description":"OK"}}}}},"definitions":{}})");
    auto const parameter =
        field(8, field(1, field(2, field(3, field(2, "query") + field(4, "n") + field(6, "string")))));
    auto const answer = field(9, field(1, field(1, "200") + field(2, field(1, field(1, "OK")))));
    auto const operation =
        field(7, "c") + parameter + answer + field(13, field(1, "x-y") + field(2, field(2, "1")));
    CHECK(bytes == field(1, "2.0") + field(2, field(1, "K") + field(2, "1")) +
                       field(8, field(2, field(1, "/a") + field(2, field(8, operation)))) + field(9, ""));
}

TEST_CASE("the protobuf form says the same") {
    auto const bytes = http::openapi_v2_protobuf(
        R"({"swagger":"2.0","info":{"title":"K","version":"1"},"paths":{},"definitions":)"
        R"({"A":{"type":"object","required":["b"],)"
        R"("properties":{"b":{"$ref":"#/definitions/A"}},"x-y":1}}})");
    auto const b = field(1, "b") + field(2, field(1, "#/definitions/A"));
    auto const schema = field(22, field(1, "object")) + field(19, "b") + field(25, field(1, b)) +
                        field(31, field(1, "x-y") + field(2, field(2, "1")));
    CHECK(bytes == field(1, "2.0") + field(2, field(1, "K") + field(2, "1")) + field(8, "") +
                       field(9, field(1, field(1, "A") + field(2, schema))));
}
