/// \file
/// The profiles of a scheduler, side by side.

#include "../vocabulary.hpp"

#include <berth/kube/schedule/scheduler_policies.hpp>

#include <catch2/catch_test_macros.hpp>

#include <type_traits>

using namespace test;

namespace {

constexpr auto plain = schedule::profile{.name = "plain", .filter = kube::plugins::node_name};

} // namespace

TEST_CASE("profiles have their names in their order, and go by priority unless they say otherwise") {
    auto const both = kube::policies_of_pods(plain, kube::default_profile);
    auto const names = kube::names_of(both);
    auto const named = [](std::string name) {
        return make_pod("p").with([&](kube::pod& p) { p.spec.scheduler_name = std::move(name); }).done();
    };
    CHECK(names.lane_of(named("plain")) == 0U);
    CHECK(names.lane_of(named("default-scheduler")) == 1U);
    static_assert(std::is_same_v<std::remove_cvref_t<decltype(both.first.order)>,
                                 std::remove_cvref_t<decltype(kube::plugins::priority_sort)>>);
}

TEST_CASE("claims are the scheduler's business where one of its profiles filters by VolumeBinding") {
    STATIC_REQUIRE(kube::binds_claims<kube::policies_or_default<>>);
    STATIC_REQUIRE_FALSE(kube::binds_claims<decltype(kube::policies_of_pods(plain))>);
    STATIC_REQUIRE(kube::binds_claims<decltype(kube::policies_of_pods(plain, kube::default_profile))>);
}
