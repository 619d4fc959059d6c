/// \file
/// How fast replicas may come and go.

#include "../../../autoscaling_vocabulary.hpp"

#include <berth/kube/autoscaling/horizontal_pod_autoscaler/controller/recommendations.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

auto shown(kube::bounded_count const& b) -> std::string { return std::to_string(b.count) + " " + b.reason; }

auto wanted(std::int32_t current, std::int32_t desired) -> kube::wanted_count {
    return {current, desired, 1, 100};
}

} // namespace

TEST_CASE("without rules fewer replicas are put off for a while, more are not") {
    auto const a = make_autoscaler(1, 100).done();
    auto m = kube::autoscaler_memory();
    auto const at = [&](std::int32_t desired, std::int64_t second) {
        return shown(kube::stabilize(m, a.spec, wanted(8, desired), minutes(5), new_year + seconds(second)));
    };
    CHECK(at(8, 0) == "8 ReadyForNewScale");
    CHECK(at(3, 10) == "8 ScaleDownStabilized");
    CHECK(at(9, 20) == "9 ReadyForNewScale");
    CHECK(at(3, 310) == "9 ScaleDownStabilized");
    CHECK(at(3, 330) == "3 ReadyForNewScale");
}

TEST_CASE("with rules each direction has a window of its own") {
    auto const a = make_autoscaler(1, 100).at_most(100, 100, 60).done();
    auto m = kube::autoscaler_memory();
    auto const at = [&](std::int32_t desired, std::int64_t second) {
        return shown(kube::stabilize(m, a.spec, wanted(5, desired), minutes(5), new_year + seconds(second)));
    };
    CHECK(at(5, 0) == "5 ReadyForNewScale");
    CHECK(at(9, 10) == "5 ScaleUpStabilized");
    CHECK(at(2, 20) == "5 ScaleDownStabilized");
    CHECK(at(9, 100) == "9 ReadyForNewScale");
}

TEST_CASE("without rules replicas at most double, and four are always allowed") {
    auto const a = make_autoscaler(2, 100).done();
    auto const m = kube::autoscaler_memory();
    auto const of = [&](std::int32_t current, std::int32_t desired) {
        return shown(kube::limit(m, a.spec, {current, desired, 2, 100}, new_year));
    };
    CHECK(of(5, 30) == "10 ScaleUpLimit");
    CHECK(of(1, 30) == "4 ScaleUpLimit");
    CHECK(of(80, 300) == "100 TooManyReplicas");
    CHECK(of(5, 1) == "2 TooFewReplicas");
    CHECK(of(5, 7) == "7 DesiredWithinRange");
}

TEST_CASE("rules count what was changed within their period") {
    auto const a = make_autoscaler(1, 100).at_most(4, 3).done();
    auto m = kube::autoscaler_memory();
    m.changes.push_back({new_year - seconds(30), 10, 12});
    m.changes.push_back({new_year - seconds(300), 1, 10});
    auto const of = [&](std::int32_t current, std::int32_t desired) {
        return shown(kube::limit(m, a.spec, wanted(current, desired), new_year));
    };
    CHECK(of(12, 50) == "14 ScaleUpLimit");
    CHECK(of(12, 13) == "13 DesiredWithinRange");
    CHECK(of(12, 1) == "7 ScaleDownLimit");
    CHECK(of(12, 12) == "12 DesiredWithinRange");
}

TEST_CASE("the policy that changes most counts, or least, or none") {
    auto a = make_autoscaler(1, 100).at_most(2, 2).done();
    auto& up = *a.spec.behavior->scale_up;
    auto& percent = up.policies.engage().emplace_back();
    percent.type = "Percent";
    percent.value = 50;
    percent.period_seconds = 60;
    auto const m = kube::autoscaler_memory();
    auto const of = [&] { return shown(kube::limit(m, a.spec, wanted(11, 50), new_year)); };
    CHECK(of() == "17 ScaleUpLimit");
    up.select_policy = std::string("Min");
    CHECK(of() == "13 ScaleUpLimit");
    up.select_policy = std::string("Disabled");
    CHECK(of() == "11 ScaleUpLimit");
}

TEST_CASE("a change counts once it has taken place, and is forgotten in time") {
    auto const a = make_autoscaler(1, 100).at_most(4, 3).done();
    auto m = kube::autoscaler_memory();
    m.wanted = kube::replica_change{new_year, 3, 5};
    kube::observe(m, a.spec, 3, new_year);
    CHECK(m.changes.empty());
    CHECK_FALSE(m.wanted);
    m.wanted = kube::replica_change{new_year, 3, 5};
    kube::observe(m, a.spec, 5, new_year);
    CHECK(m.changes.size() == 1);
    CHECK(m.recommendations == std::vector<kube::timed_count>{{new_year, 3}});
    kube::observe(m, a.spec, 5, new_year + seconds(4000));
    CHECK(m.changes.empty());
    CHECK(m.recommendations == std::vector<kube::timed_count>{{new_year + seconds(4000), 5}});
}
