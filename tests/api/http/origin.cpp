#include <berth/api/http/origin.hpp>

#include <catch2/catch_test_macros.hpp>

namespace http = berth::api::http;

TEST_CASE("addresses and localhost are this machine, other names may be anybody's") {
    for (auto const* host :
         {"", "localhost", "localhost:8080", "127.0.0.1:6443", "127.0.0.1", "[::1]:80", "[::1]"})
        CHECK(http::is_own_host(host));
    for (auto const* host :
         {"example.com", "example.com:80", "localhost.example.com", "127.0.0.1.example.com", "x"})
        CHECK_FALSE(http::is_own_host(host));
}

TEST_CASE("pages of other origins are told by what browsers send") {
    CHECK_FALSE(http::is_cross_origin("", "127.0.0.1:80"));
    CHECK_FALSE(http::is_cross_origin("http://127.0.0.1:80", "127.0.0.1:80"));
    for (auto const* origin : {"null", "http://example.com", "https://127.0.0.1:80", "http://127.0.0.1:81"})
        CHECK(http::is_cross_origin(origin, "127.0.0.1:80"));
}
