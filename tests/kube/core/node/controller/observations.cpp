/// \file
/// When nodes were seen to live, and to be tainted.

#include "../../../vocabulary.hpp"

#include <berth/kube/core/node/controller/observations.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("a sign of life is a change of the heartbeat, at the time at which it was seen") {
    auto o = kube::node_observations();
    CHECK_FALSE(o.last_sign("n").has_value());
    o.saw(make_node("n").ready(new_year - seconds(1000)).done(), new_year);
    CHECK(o.last_sign("n") == new_year);
    o.saw(make_node("n").ready(new_year - seconds(1000)).done(), new_year + seconds(5));
    CHECK(o.last_sign("n") == new_year);
    o.saw(make_node("n").ready(new_year).done(), new_year + seconds(9));
    CHECK(o.last_sign("n") == new_year + seconds(9));
}

TEST_CASE("a renewed lease is a sign of life, and an old one is none") {
    auto o = kube::node_observations();
    o.saw(make_lease("n", new_year).done(), new_year + seconds(1));
    CHECK(o.last_sign("n") == new_year + seconds(1));
    o.saw(make_lease("n", new_year - seconds(5)).done(), new_year + seconds(2));
    CHECK(o.last_sign("n") == new_year + seconds(1));
    o.forget("n");
    CHECK_FALSE(o.last_sign("n").has_value());
}

TEST_CASE("a taint is there since it was first seen, until it is gone") {
    auto o = kube::node_observations();
    auto const tainted = make_node("n").tainted("k", "NoExecute").done();
    auto const t = tainted.spec.taints[0];
    o.saw(tainted, new_year);
    o.saw(tainted, new_year + seconds(3));
    CHECK(o.tainted_since("n", t) == new_year);
    o.saw(make_node("n").done(), new_year + seconds(4));
    CHECK_FALSE(o.tainted_since("n", t).has_value());
    o.saw(tainted, new_year + seconds(5));
    CHECK(o.tainted_since("n", t) == new_year + seconds(5));
}
