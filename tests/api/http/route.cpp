#include "harbour.hpp"

#include <berth/api/http/route.hpp>

#include <catch2/catch_test_macros.hpp>

namespace http = berth::api::http;
using namespace harbour;
using area = http::route::area;

namespace {

auto resolve(api::registry const& known, std::string_view method, std::string_view path, bool watch = false)
    -> berth::result<http::operation> {
    return http::resolve(known, http::parse_path(path), method, watch);
}

} // namespace

TEST_CASE("every path leads somewhere") {
    for (auto const& [path, where] :
         std::initializer_list<std::pair<char const*, area>>{{"/", area::root},
                                                             {"", area::root},
                                                             {"/api", area::core_versions},
                                                             {"/api/", area::core_versions},
                                                             {"/apis", area::groups},
                                                             {"/apis/apps", area::group},
                                                             {"/api/v1", area::resources},
                                                             {"/apis/apps/v1", area::resources},
                                                             {"/api/v1/pods", area::objects},
                                                             {"/openapi/v3", area::openapi_index},
                                                             {"/openapi/v3/api/v1", area::openapi},
                                                             {"/openapi/v3/apis/apps/v1", area::openapi},
                                                             {"/openapi/v3/apis/apps", area::elsewhere},
                                                             {"/openapi/v2", area::openapi_v2},
                                                             {"/openapi/v1", area::elsewhere},
                                                             {"/version", area::version},
                                                             {"/healthz", area::health},
                                                             {"/readyz/ping", area::health},
                                                             {"/readyz/a/b", area::elsewhere},
                                                             {"/metrics", area::metrics},
                                                             {"/nope", area::elsewhere},
                                                             {"//", area::root}}) {
        INFO(path);
        CHECK(http::parse_path(path).where == where);
    }
}

TEST_CASE("paths of objects are taken apart") {
    auto const item = http::parse_path("/apis/harbour.io/v1/namespaces/bay/boats/ketch/status");
    CHECK(item.group == "harbour.io");
    CHECK(item.version == "v1");
    CHECK(item.namespace_ == "bay");
    CHECK(item.plural == "boats");
    CHECK(item.name == "ketch");
    CHECK(item.subresource == "status");
    auto const ns = http::parse_path("/api/v1/namespaces/bay");
    CHECK(ns.plural == "namespaces");
    CHECK(ns.name == "bay");
    CHECK(ns.namespace_.empty());
    auto const status = http::parse_path("/api/v1/namespaces/bay/status");
    CHECK(status.namespace_ == "bay"); // whether it is a kind or a subresource, the registry knows
    CHECK(status.plural == "status");
    auto const watch = http::parse_path("/api/v1/watch/namespaces/bay/crews/x");
    CHECK(watch.old_watch);
    CHECK(watch.plural == "crews");
    CHECK(watch.name == "x");
    CHECK(http::parse_path("/api/v1/namespaces/bay/crews/x/y/z").deeper);
}

TEST_CASE("methods and paths become verbs") {
    auto const known = kinds();
    auto const collection = std::string(boats);
    auto const item = collection + "/a";
    using api::verb;
    CHECK(resolve(known, "GET", collection)->what == verb::list);
    CHECK(resolve(known, "GET", collection, true)->what == verb::watch);
    CHECK(resolve(known, "GET", item, true)->what == verb::get);
    CHECK(resolve(known, "HEAD", item)->what == verb::get);
    CHECK(resolve(known, "POST", collection)->what == verb::create);
    CHECK(resolve(known, "DELETE", collection)->what == verb::remove_collection);
    CHECK(resolve(known, "PUT", item)->what == verb::update);
    CHECK(resolve(known, "PATCH", item)->what == verb::patch);
    CHECK(resolve(known, "DELETE", item)->what == verb::remove);
    CHECK(resolve(known, "GET", "/apis/harbour.io/v1/boats")->what == verb::list);
    CHECK(resolve(known, "GET", "/apis/harbour.io/v1/watch/boats")->what == verb::watch);
    CHECK(resolve(known, "PATCH", item + "/scale")->what == verb::patch);
}

TEST_CASE("what does not exist is not found, what may not be done is not allowed") {
    auto const known = kinds();
    auto const code = [&](std::string_view method, std::string_view path) {
        auto const r = resolve(known, method, path);
        return r ? berth::error_code::internal : r.error().code;
    };
    using berth::error_code;
    for (auto const* path :
         {"/api/v1/nopes", "/apis/harbour.io/v2/boats", "/api/v1/crews/x", "/api/v1/namespaces/bay/piers",
          "/api/v1/namespaces/bay/crews/x/status", "/api/v1/namespaces/bay/crews/x/nope",
          "/apis/harbour.io/v1/namespaces/bay/boats/a/status/b"}) {
        INFO(path);
        CHECK(code("GET", path) == berth::error_code::not_found);
    }
    auto const collection = std::string(boats);
    CHECK(code("PUT", collection) == error_code::method_not_allowed);
    CHECK(code("PATCH", collection) == error_code::method_not_allowed);
    CHECK(code("POST", "/apis/harbour.io/v1/boats") == error_code::method_not_allowed);
    CHECK(code("DELETE", "/apis/harbour.io/v1/boats") == error_code::method_not_allowed);
    CHECK(code("POST", collection + "/a") == error_code::method_not_allowed);
    CHECK(code("POST", collection + "/a/log") == error_code::method_not_allowed);
    CHECK(code("DELETE", collection + "/a/status") == error_code::method_not_allowed);
    CHECK(code("TRACE", collection) == error_code::method_not_allowed);
    CHECK(code("POST", "/apis/harbour.io/v1/watch/boats") == error_code::method_not_allowed);
    CHECK(resolve(known, "GET", "/api/v1/nopes").error().message ==
          "the server could not find the requested resource");
}

namespace {

struct space {
    static constexpr object::resource_name resource{"", "v1", "Namespace", "namespaces", "namespace", false};
    object::meta metadata;
    std::optional<std::int32_t> status;
    object::unknown_fields unknown;
    BERTH_DESCRIBE(space, "io.harbour.v1.Namespace", (metadata, .always = true), (status))
};

} // namespace

TEST_CASE("a path in a namespace is of a kind, or of a subresource of namespaces") {
    auto known = kinds();
    known.add(api::kind_of<space>{});
    auto const status = resolve(known, "GET", "/api/v1/namespaces/bay/status");
    REQUIRE(status);
    CHECK(status->of->resource->kind == "Namespace");
    CHECK(status->name == "bay");
    CHECK(status->namespace_.empty());
    CHECK(status->part() == "status");
    CHECK(resolve(known, "GET", "/api/v1/namespaces/bay/crews")->of->resource->kind == "Crew");
    CHECK(resolve(known, "GET", "/api/v1/namespaces/bay")->name == "bay");
    CHECK_FALSE(resolve(known, "GET", "/api/v1/namespaces/bay/finalize"));
}

TEST_CASE("a kind that lacks a verb refuses its method") {
    auto known = api::registry();
    auto still = api::kind_of<crew>{};
    still.verbs = {api::verb::get, api::verb::list};
    known.add(std::move(still));
    CHECK(resolve(known, "GET", "/api/v1/crews"));
    CHECK_FALSE(resolve(known, "GET", "/api/v1/crews", true));
    CHECK_FALSE(resolve(known, "POST", "/api/v1/namespaces/bay/crews"));
}

TEST_CASE("kinds that one handler serves go by the verb, whatever the path has too much") {
    auto known = api::registry();
    auto open = api::kind(api::kind_of<crew>{});
    open.documents.open = true;
    known.replace(std::move(open));
    auto const path = std::string("/api/v1/namespaces/bay/crews");
    CHECK(resolve(known, "GET", path + "/a")->what == api::verb::get);
    CHECK(resolve(known, "POST", path + "/a")->name.empty());
    CHECK(resolve(known, "PUT", path).error().message == "name must be provided");
    CHECK(resolve(known, "GET", path + "/a/nope").error().details.name == "a");
    CHECK(resolve(known, "GET", "/api/v1/crews")->what == api::verb::list);
    CHECK(resolve(known, "POST", "/api/v1/crews").error().details.name.empty());
    CHECK(resolve(known, "POST", "/api/v1/crews").error().code == berth::error_code::not_found);
    auto still = api::kind(api::kind_of<crew>{});
    still.documents.open = true;
    still.verbs = {api::verb::get};
    known.replace(std::move(still));
    CHECK(resolve(known, "DELETE", path + "/a").error().message ==
          "delete is not supported on resources of kind \"crews.\"");
}
