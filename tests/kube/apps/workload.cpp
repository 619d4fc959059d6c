/// \file
/// What kinds have in common that keep a number of equal pods.

#include "../vocabulary.hpp"

#include <berth/kube/apps/workload.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("a selector is shown as it is written, and none as such") {
    auto none = object::boxed<object::label_selector>();
    CHECK(kube::detail::shown_selector(none) == "<none>");
    auto const some = make_replica_set("web", 1).done().spec.selector;
    CHECK(kube::detail::shown_selector(some) == "app=web");
    CHECK(kube::detail::selector_text(some) == "app=web");
}

TEST_CASE("a selector that is none is told as such") {
    auto s = object::boxed<object::label_selector>();
    auto& r = s.engage().match_expressions.emplace_back();
    r.key = "app";
    r.operator_ = "is";
    CHECK(kube::detail::selector_text(s) == "<invalid>");
}

TEST_CASE("what does not say its size wants no pods in its scale") {
    auto r = make_replica_set("web", 1).done();
    r.spec.replicas.reset();
    CHECK(kube::detail::workload_scale(r).desired == 0);
    kube::detail::set_workload_scale(r, 4);
    CHECK(kube::detail::workload_scale(r).desired == 4);
}
