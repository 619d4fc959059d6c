/// \file
/// Which pod is tried first.

#include "../placing.hpp"

#include <berth/kube/schedule/plugins/priority_sort.hpp>

using namespace test;
namespace plugins = kube::plugins;

TEST_CASE("the greater priority goes first; a pod without one has 0") {
    auto const with = [](std::int32_t priority) {
        return info(make_pod("p").with([&](kube::pod& p) { p.spec.priority = priority; }));
    };
    CHECK(plugins::priority_sort(with(2), with(1)));
    CHECK_FALSE(plugins::priority_sort(with(1), with(2)));
    CHECK_FALSE(plugins::priority_sort(with(1), with(1)));
    CHECK(plugins::priority_sort(info(make_pod("p")), with(-1)));
}
