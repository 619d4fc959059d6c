#include "harbour.hpp"

#include <berth/api/http/documents.hpp>

#include <boost/json/parse.hpp>
#include <catch2/catch_test_macros.hpp>

namespace http = berth::api::http;
using namespace harbour;

namespace {

struct asker {
    api::registry known = kinds();
    http::documents all{known};

    auto get(std::string_view path, std::string_view parameters = {}, std::string_view method = "GET",
             std::string_view accept = {}) const -> http::response {
        return all.answer({method, path, http::query(parameters), accept, {}, {}}, http::parse_path(path));
    }
};

} // namespace

TEST_CASE("a server says what it is and that it is well") {
    auto const here = asker();
    CHECK(here.get("/healthz").text == "ok");
    CHECK(here.get("/livez/ping").text == "ok");
    CHECK(here.get("/readyz", "verbose").text == "[+]ping ok\nreadyz check passed\n");
    CHECK(here.get("/readyz/nope").status == 404);
    CHECK(boost::json::parse(here.get("/version").text).at("minor").as_string() == "36");
    auto const root = boost::json::parse(here.get("/").text);
    CHECK(root.at_pointer("/paths/0").as_string() == "/api");
}

TEST_CASE("discovery comes aggregated to those who ask for it") {
    auto const here = asker();
    constexpr std::string_view wanted =
        "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
    CHECK(here.get("/apis", {}, "GET", wanted).content_type == http::aggregated_type);
    CHECK(here.get("/apis").content_type == "application/json");
    CHECK(boost::json::parse(here.get("/api", {}, "GET", wanted).text).at("kind").as_string() ==
          "APIGroupDiscoveryList");
    CHECK(boost::json::parse(here.get("/api").text).at("kind").as_string() == "APIVersions");
}

TEST_CASE("unknown groups are unknown pages, unknown versions of known groups are Status errors") {
    auto const here = asker();
    CHECK(here.get("/apis/nope.io").text == "404 page not found\n");
    CHECK(here.get("/apis/nope.io/v1").text == "404 page not found\n");
    CHECK(here.get("/apis/harbour.io/v9").text.starts_with("{\"kind\":\"Status\""));
    CHECK(here.get("/api/v2").text.starts_with("{\"kind\":\"Status\""));
    CHECK(here.get("/openapi/v3/apis/harbour.io/v9").status == 404);
}

TEST_CASE("documents are only read") {
    auto const here = asker();
    CHECK(here.get("/version", {}, "POST").status == 405);
    CHECK(here.get("/apis", {}, "DELETE").status == 405);
    CHECK(here.get("/nope", {}, "POST").status == 404);
}

TEST_CASE("an OpenAPI document may be kept when its address names its content") {
    auto const here = asker();
    auto const plain = here.get("/openapi/v3/api/v1");
    REQUIRE(plain.headers.size() == 1);
    auto const hash = plain.headers[0].second.substr(1, 16);
    auto const named = here.get("/openapi/v3/api/v1", "hash=" + hash);
    CHECK(named.text == plain.text);
    CHECK(named.headers.size() == 2);
}

TEST_CASE("pages of its own are found, told at the root, and only read") {
    auto here = asker();
    here.all.set_address("127.0.0.1:80");
    here.all.add_page({.path = "/.well-known/thing",
                       .content_type = "application/thing",
                       .cache_control = "public",
                       .text = [](std::string const& at) { return "{\"at\":\"" + at + "\"}"; }});
    auto const said = here.get("/.well-known/thing");
    CHECK(said.text == R"({"at":"127.0.0.1:80"})");
    CHECK(said.content_type == "application/thing");
    CHECK(said.headers == std::vector<std::pair<std::string, std::string>>{{"Cache-Control", "public"}});
    CHECK(here.get("/").text.find("\"/.well-known/thing\"") != std::string::npos);
    CHECK(here.get("/.well-known/thing", {}, "POST").status == 405);
    CHECK(here.get("/.well-known/other").status == 404);
}
