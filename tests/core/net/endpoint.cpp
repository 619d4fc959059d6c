/// \file
/// Where a server is.

#include <berth/core/net/endpoint.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace berth;
using net::parse_endpoint;

TEST_CASE("an endpoint is a host and a port, plain or encrypted") {
    auto const plain = parse_endpoint("http://127.0.0.1:4001", "2379");
    REQUIRE(plain);
    CHECK_FALSE(plain->tls);
    CHECK(plain->host == "127.0.0.1");
    CHECK(plain->port == "4001");
    CHECK(plain->authority == "127.0.0.1:4001");
    auto const encrypted = parse_endpoint("https://etcd.example.com/", "2379");
    REQUIRE(encrypted);
    CHECK(encrypted->tls);
    CHECK(encrypted->host == "etcd.example.com");
    CHECK(encrypted->port == "2379");
    CHECK(encrypted->url == "https://etcd.example.com/");
    CHECK(encrypted->authority == "etcd.example.com");
}

TEST_CASE("an address of IPv6 stands in brackets") {
    auto const here = parse_endpoint("http://[::1]:2380", "2379");
    REQUIRE(here);
    CHECK(here->host == "::1");
    CHECK(here->port == "2380");
    CHECK(here->authority == "[::1]:2380");
    CHECK(parse_endpoint("http://[fe80::2]", "2379")->port == "2379");
}

TEST_CASE("what is no endpoint is refused, with what one looks like") {
    for (auto const* bad :
         {"", "localhost:2379", "ftp://a", "http://", "http://:2379", "http://a:", "http://a:123456",
          "http://a:65536", "http://a:x", "http://a/b", "http://u@a", "http://a?b", "http://a b"}) {
        CAPTURE(bad);
        auto const r = parse_endpoint(bad, "2379");
        REQUIRE_FALSE(r);
        CHECK(r.error().code == error_code::bad_request);
        CHECK(r.error().message.ends_with("is no endpoint; write http://host:port or https://host:port"));
    }
}
