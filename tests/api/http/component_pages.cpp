/// \file
/// The pages of a component that serves no API.

#include <berth/api/http/component_pages.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace berth;
namespace http = berth::api::http;

namespace {

auto well() -> result<void> { return {}; }
auto unwell() -> result<void> { return fail(error_code::internal, "not yet"); }

auto pages() -> http::component_pages {
    return {
        .health = [] { return std::vector<http::health_check>{{"group", &well}}; },
        .readiness = [] { return std::vector<http::health_check>{{"started", &well}, {"caches", &unwell}}; },
        .metrics = [] { return std::string("a 1\n"); }};
}

auto ask(std::string_view method, std::string_view path, http::component_pages const& of = pages())
    -> http::response {
    auto q = http::request();
    q.method = method;
    q.path = path;
    return std::get<http::response>(of(q));
}

} // namespace

TEST_CASE("a component says whether it is well, whether it is ready, and how it does") {
    CHECK(ask("GET", "/healthz").text == "ok");
    CHECK(ask("GET", "/livez").status == 200);
    CHECK(ask("GET", "/healthz/group").status == 200);
    CHECK(ask("GET", "/readyz").status == 500);
    CHECK(ask("GET", "/readyz/started").status == 200);
    CHECK(ask("GET", "/readyz/caches").text == "internal server error: not yet\n");
    CHECK(ask("GET", "/metrics").text == "a 1\n");
    CHECK(ask("GET", "/metrics").content_type == "text/plain; version=0.0.4; charset=utf-8");
}

TEST_CASE("other pages are not there, and nothing can be written") {
    for (auto const* path : {"", "/", "/healthz/nobody", "/readyz/group", "/metrics/x", "/api"})
        CHECK(ask("GET", path).status == 404);
    CHECK(ask("POST", "/healthz").status == 405);
    CHECK(ask("HEAD", "/healthz").status == 200);
    CHECK(ask("GET", "/metrics", http::component_pages()).status == 404);
}
