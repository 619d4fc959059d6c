/// \file
/// With whom somebody wants to speak who connects to a pod.

#include "harbour.hpp"

#include <berth/api/http/connect.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <utility>
#include <vector>

namespace http = berth::api::http;
using namespace harbour;
using berth::api::stream_content;

namespace {

auto refusal(char const* q, object::any_object const& pod, stream_content what = stream_content::exec)
    -> std::string {
    auto const target = http::read_connect_target(http::query(q), pod, what);
    REQUIRE_FALSE(target);
    CHECK(target.error().code == berth::error_code::bad_request);
    return target.error().message;
}

} // namespace

TEST_CASE("a command is run in the container that is named, or in the only one") {
    auto const one =
        http::read_connect_target(http::query("command=ls"), ship({"main"}), stream_content::exec);
    REQUIRE(one);
    CHECK(one->namespace_ == "bay");
    CHECK(one->pod == "x");
    CHECK(one->container == "main");
    CHECK(one->node == "n1");
    auto const named = http::read_connect_target(http::query("container=side"), ship({"main", "side"}),
                                                 stream_content::attach);
    REQUIRE(named);
    CHECK(named->container == "side");
}

TEST_CASE("a container that is not there, or not clear, is refused before the pod's place is looked at") {
    CHECK(refusal("container=nope", ship({"main"}, "")) == "container nope is not valid for pod x");
    CHECK(refusal("", ship({"main", "side"})) ==
          "a container name must be specified for pod x, choose one of: [main side]");
}

TEST_CASE("a pod on no node cannot be connected to") {
    CHECK(refusal("command=ls", ship({"main"}, "")) == "pod x does not have a host assigned");
    CHECK(refusal("ports=80", ship({"main", "side"}, ""), stream_content::port_forward) ==
          "pod x does not have a host assigned");
}

TEST_CASE("ports are the pod's, not a container's") {
    auto const ports = http::read_connect_target(http::query("ports=80"), ship({"main", "side"}),
                                                 stream_content::port_forward);
    REQUIRE(ports);
    CHECK(ports->container.empty());
}
