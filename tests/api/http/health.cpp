/// \file
/// What a server says of how it is.

#include <berth/api/http/health.hpp>

#include <catch2/catch_test_macros.hpp>

#include <array>

namespace http = berth::api::http;

namespace {

auto const checks =
    std::array{http::health_check{"ping", [] { return berth::result<void>(); }},
               http::health_check{"etcd", []() -> berth::result<void> {
                                      return berth::fail(berth::error_code::unavailable, "no quorum");
                                  }}};

auto page(std::span<http::health_check const> of, std::string_view parameters) -> http::response {
    return http::health_of(of, "livez", http::query(parameters));
}

} // namespace

TEST_CASE("who is well says so in a word, and line by line to those who ask") {
    auto const well = std::span(checks).first(1);
    CHECK(page(well, "").text == "ok");
    CHECK(page(well, "verbose").text == "[+]ping ok\nlivez check passed\n");
    CHECK(page({}, "").text == "ok");
}

TEST_CASE("one failing check is enough, and its reason is for those who ask for it alone") {
    auto const out = page(checks, "");
    CHECK(out.status == 500);
    CHECK(out.text == "[+]ping ok\n[-]etcd failed: reason withheld\nlivez check failed\n");
    CHECK(http::health_of(checks, "etcd").status == 500);
    CHECK(http::health_of(checks, "etcd").text == "internal server error: no quorum\n");
    CHECK(http::health_of(checks, "ping").text == "ok");
    CHECK(http::health_of(checks, "nope").status == 404);
}

TEST_CASE("checks are left out by name, and unknown names are told") {
    CHECK(page(checks, "exclude=etcd").status == 200);
    CHECK(page(checks, "exclude=etcd&exclude=x&exclude=y&verbose").text ==
          "[+]ping ok\n[+]etcd excluded: ok\nwarn: some health checks cannot be excluded: no matches for "
          "\"x\",\"y\"\nlivez check passed\n");
}
