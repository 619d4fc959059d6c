/// \file
/// Limit ranges whose manifests say little.

#include "../../complaints.hpp"

#include <berth/kube/core/limit_range/defaults.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE(
    "a container that does not say its limit has the greatest one, and requests its limit or the least") {
    auto l = kube::limit_range();
    auto& item = l.spec.limits.emplace_back();
    item.type = "Container";
    item.max["cpu"] = quantity("2");
    item.min["memory"] = quantity("1Mi");
    item.default_["disk"] = quantity("3");
    auto& pods = l.spec.limits.emplace_back();
    pods.type = "Pod";
    pods.max["cpu"] = quantity("2");
    set_defaults(l);
    auto const& filled = l.spec.limits[0];
    CHECK(*filled.default_.find("cpu") == quantity("2"));
    CHECK(*filled.default_request.find("cpu") == quantity("2"));
    CHECK(*filled.default_request.find("memory") == quantity("1Mi"));
    CHECK(*filled.default_request.find("disk") == quantity("3"));
    CHECK_FALSE(filled.default_.contains("memory"));
    CHECK(l.spec.limits[1].default_.empty());
}
