/// \file
/// Containers whose manifests say little.

#include "../../../complaints.hpp"

#include <berth/kube/core/pod/defaults/container.hpp>
#include <berth/object/defaults.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

auto filled(kube::container& c) -> void {
    object::apply_defaults(c);
    kube::detail::complete(c);
}

} // namespace

TEST_CASE("amounts finer than a thousandth are rounded up") {
    auto c = kube::container();
    c.resources.requests["cpu"] = quantity("100u");
    filled(c);
    CHECK(c.resources.requests.get("cpu").to_string() == "1m");
}

TEST_CASE("a probe asks every ten seconds and gives up after three failures") {
    auto p = kube::probe();
    p.http_get.engage();
    p.grpc.engage();
    object::apply_defaults(p);
    CHECK(p.timeout_seconds == 1);
    CHECK(p.period_seconds == 10);
    CHECK(p.success_threshold == 1);
    CHECK(p.failure_threshold == 3);
    CHECK(p.http_get->path == "/");
    CHECK(p.http_get->scheme == "HTTP");
    CHECK(p.grpc->service.has_value());
}

TEST_CASE("ports speak TCP, and variables show fields of v1") {
    auto c = kube::container();
    c.image = "b:1";
    c.ports.emplace_back().port = 80;
    c.env.emplace_back().value_from.engage().field_ref.engage().field_path = "metadata.name";
    filled(c);
    CHECK(c.ports[0].protocol == "TCP");
    CHECK(c.env[0].value_from->field_ref->api_version == "v1");
    CHECK(c.image_pull_policy == "IfNotPresent");
}
