/// \file
/// What can be read off a job.

#include <berth/kube/batch/job/state.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace berth;

namespace {

auto with(std::string type, std::string status) -> kube::job {
    auto j = kube::job();
    auto& c = j.status.conditions.emplace_back();
    c.type = std::move(type);
    c.status = std::move(status);
    return j;
}

} // namespace

TEST_CASE("a condition holds when it is there and true") {
    CHECK(has_condition(with("Suspended", "True"), "Suspended"));
    CHECK_FALSE(has_condition(with("Suspended", "False"), "Suspended"));
    CHECK_FALSE(has_condition(kube::job(), "Suspended"));
}

TEST_CASE("a job is over when it is complete or has failed") {
    CHECK(is_finished(with("Complete", "True")));
    CHECK(is_finished(with("Failed", "True")));
    CHECK_FALSE(is_finished(with("FailureTarget", "True")));
    CHECK_FALSE(is_finished(with("Complete", "False")));
}

TEST_CASE("only a job that says so has indexes") {
    auto s = kube::job_spec();
    CHECK_FALSE(is_indexed(s));
    s.completion_mode.engage() = "NonIndexed";
    CHECK_FALSE(is_indexed(s));
    *s.completion_mode = "Indexed";
    CHECK(is_indexed(s));
}
