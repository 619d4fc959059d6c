#include <berth/bench/pod_workload.hpp>
#include <berth/kube/schedule/profile.hpp>

#include <catch2/catch_all.hpp>

#include <set>
#include <string>

namespace {

using namespace berth;

TEST_CASE("shapes have names of their own, and are found by them") {
    auto names = std::set<std::string>();
    for (auto const& s : bench::scheduler_perf()) {
        CHECK(names.insert(s.name).second);
        CHECK(bench::find_shape(s.name) == &s);
    }
    CHECK(names.size() == 20);
    CHECK(bench::find_shape("SchedulingNothing") == nullptr);
}

TEST_CASE(
    "every shape without victims places its pods, or none if it is hopeless, with a memory as without") {
    for (auto const& s : bench::scheduler_perf()) {
        if (s.evicts) continue;
        INFO(s.name);
        auto load = bench::make_workload(s, 40);
        if (load.tasks.size() > 30) load.tasks.resize(30);
        if (s.first < 1) load.tasks.resize(20); // one for each node at most
        auto const known = bench::measure(kube::default_profile, load, {.rounds = 1});
        auto const anew = bench::measure(kube::default_profile, load, {.remember = false, .rounds = 1});
        CHECK(known.answers == anew.answers);
        CHECK(known.succeeded == (s.hopeless ? 0 : load.tasks.size()));
    }
}

TEST_CASE("the first pods of a shape are there") {
    auto const load = bench::make_workload("MixedSchedulingBasePod", 30);
    auto pods = std::size_t{0};
    for (auto const& n : load.nodes) pods += n.pods.size();
    CHECK(pods == 60);
    CHECK(load.tasks.size() == 2000);
}

} // namespace
