/// \file
/// What waiting pods are told of others.

#include "volume_world.hpp"

#include <berth/kube/schedule/pod_changes.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("a change of an object is about what it was and about what it is") {
    auto const a = make_claim("a").done();
    auto const b = make_claim("b").done();
    using changed = kube::kind_changed<kube::persistent_volume_claim>;
    auto const is_a = [](auto const& c) { return c.metadata.name == "a"; };
    CHECK(changed{&a, &b}.either(is_a));
    CHECK(changed{&b, &a}.either(is_a));
    CHECK(changed{&a, nullptr}.either(is_a));
    CHECK_FALSE(changed{&b, &b}.either(is_a));
    CHECK_FALSE(changed{}.either(is_a));
}
