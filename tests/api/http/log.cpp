#include "harbour.hpp"

#include <berth/api/http/log.hpp>

#include <catch2/catch_test_macros.hpp>

namespace http = berth::api::http;
using namespace harbour;

TEST_CASE("a pod's only container need not be named") {
    auto const r = http::read_log_request(http::query("tailLines=3&follow=true"), ship({"main"}));
    REQUIRE(r);
    CHECK(r->container == "main");
    CHECK(r->node == "n1");
    CHECK(r->tail_lines == 3);
    CHECK(r->follow);
    CHECK(r->offset == 0);
}

TEST_CASE("a container that is not clear is asked for") {
    CHECK(http::read_log_request(http::query(""), ship({"main", "side"})).error().message ==
          "a container name must be specified for pod x, choose one of: [main side]");
    CHECK(http::read_log_request(http::query("container=nope"), ship({"main"})).error().message ==
          "container nope is not valid for pod x");
    CHECK(http::read_log_request(http::query("container=side"), ship({"main", "side"}))->container == "side");
    CHECK(http::read_log_request(http::query(""), ship({})).error().message ==
          "a container name must be specified for pod x");
}

TEST_CASE("numbers that mean nothing are refused") {
    using berth::error_code;
    for (auto const* q :
         {"tailLines=-1", "limitBytes=0", "sinceSeconds=0", "sinceSeconds=1&sinceTime=2020-01-01T00:00:00Z"})
        CHECK(http::read_log_request(http::query(q), ship({"main"})).error().code == error_code::invalid);
    CHECK(http::read_log_request(http::query("tailLines=x"), ship({"main"})).error().code ==
          error_code::bad_request);
}
