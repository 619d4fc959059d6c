/// \file
/// Which of a scheduler's profiles is for a pod.

#include "../vocabulary.hpp"

#include <berth/kube/schedule/profile_names.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

auto of_scheduler(std::string name) -> kube::pod {
    return make_pod("p").with([&](kube::pod& p) { p.spec.scheduler_name = std::move(name); }).done();
}

} // namespace

TEST_CASE("a pod is for the profile that it names, and for no other") {
    auto const names = kube::profile_names({"default-scheduler", "mine"});
    CHECK(names.lane_of(of_scheduler("mine")) == 1U);
    CHECK(names.lane_of(of_scheduler("default-scheduler")) == 0U);
    CHECK_FALSE(names.lane_of(of_scheduler("somebody-else")).has_value());
    CHECK(names.front() == "default-scheduler");
}

TEST_CASE("a pod that names no scheduler is the default one's, wherever that stands") {
    CHECK(kube::profile_names::wanted_by(of_scheduler("")) == "default-scheduler");
    CHECK(kube::profile_names::wanted_by(of_scheduler("mine")) == "mine");
    CHECK(kube::profile_names({"mine", "default-scheduler"}).lane_of(of_scheduler("")) == 1U);
    CHECK_FALSE(kube::profile_names({"mine"}).lane_of(of_scheduler("")).has_value());
}
