#include "harbour.hpp"

#include <berth/api/http/openapi.hpp>

#include <boost/json/parse.hpp>
#include <catch2/catch_test_macros.hpp>

namespace http = berth::api::http;
using namespace harbour;

TEST_CASE("schemas come from the descriptions of the types") {
    auto const known = kinds();
    auto const doc = boost::json::parse(http::openapi_text(known, "harbour.io", "v1"));
    auto const& schemas = doc.at_pointer("/components/schemas").as_object();
    auto const& top = schemas.at("io.harbour.v1.Boat");
    CHECK(top.at_pointer("/x-kubernetes-group-version-kind/0/kind").as_string() == "Boat");
    CHECK(top.at_pointer("/required/0").as_string() == "spec");
    CHECK(top.at_pointer("/properties/apiVersion/type").as_string() == "string");
    CHECK(top.at_pointer("/properties/spec/allOf/0/$ref").as_string() ==
          "#/components/schemas/io.harbour.v1.BoatSpec");
    auto const& spec = schemas.at("io.harbour.v1.BoatSpec");
    CHECK(spec.at_pointer("/properties/sails/format").as_string() == "int32");
    CHECK(spec.at_pointer("/properties/sails/description").as_string() == "How many.");
    CHECK(spec.at_pointer("/properties/rig/enum/0").as_string() == "Ketch");
    CHECK(spec.at_pointer("/properties/masts/x-kubernetes-patch-merge-key").as_string() == "name");
    CHECK(spec.at_pointer("/properties/masts/x-kubernetes-patch-strategy").as_string() == "merge");
    CHECK(schemas.at("io.harbour.v1.Mast").at_pointer("/required/0").as_string() == "name");
    CHECK(schemas.contains("io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"));
    CHECK(schemas.contains("io.k8s.apimachinery.pkg.apis.meta.v1.Time"));
    CHECK(schemas.contains("io.harbour.v1.BoatList"));
    CHECK(schemas.contains("io.k8s.api.autoscaling.v1.Scale"));
}

TEST_CASE("every reference leads to a schema of the same document") {
    auto const known = kinds();
    for (auto const* group : {"", "harbour.io"}) {
        auto const text = http::openapi_text(known, group, "v1");
        auto const schemas = boost::json::parse(text).at_pointer("/components/schemas").as_object();
        constexpr std::string_view mark = "#/components/schemas/";
        for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark, at + 1)) {
            auto const from = at + mark.size();
            CHECK(schemas.contains(text.substr(from, text.find('"', from) - from)));
        }
    }
}

TEST_CASE("paths tell what kubectl looks for") {
    auto const known = kinds();
    auto const doc = boost::json::parse(http::openapi_text(known, "harbour.io", "v1"));
    auto const& paths = doc.at("paths").as_object();
    auto const& item = paths.at("/apis/harbour.io/v1/namespaces/{namespace}/boats/{name}");
    CHECK(item.at_pointer("/patch/x-kubernetes-group-version-kind/kind").as_string() == "Boat");
    auto names = std::string();
    for (auto const& p : item.at_pointer("/patch/parameters").as_array())
        (names += p.at("name").as_string()) += ' ';
    CHECK(names == "dryRun fieldManager fieldValidation force ");
    CHECK(item.at_pointer("/patch/requestBody/content")
              .as_object()
              .contains("application/strategic-merge-patch+json"));
    CHECK_FALSE(item.as_object().contains("post"));
    auto const& collection = paths.at("/apis/harbour.io/v1/namespaces/{namespace}/boats").as_object();
    CHECK(collection.contains("get"));
    CHECK(collection.contains("post"));
    CHECK(paths.at("/apis/harbour.io/v1/boats").as_object().size() == 1);
    CHECK(paths.at("/apis/harbour.io/v1/namespaces/{namespace}/boats/{name}/scale")
              .at_pointer("/get/x-kubernetes-group-version-kind/kind")
              .as_string() == "Scale");
}

TEST_CASE("documents are found by the addresses of the index") {
    auto const known = kinds();
    auto const all = http::openapi_documents(known);
    auto const index = boost::json::parse(all.index());
    auto const* const own = all.find("harbour.io", "v1");
    REQUIRE(own != nullptr);
    CHECK(index.at_pointer("/paths/apis~1harbour.io~1v1/serverRelativeURL").as_string() ==
          "/openapi/v3/apis/harbour.io/v1?hash=" + own->hash);
    CHECK(all.find("", "v1") != nullptr);
    CHECK(all.find("", "v2") == nullptr);
}
