/// \file
/// Which jobs are known to run, and which are kept.

#include "../cron_words.hpp"

#include <berth/kube/batch/cron_job/controller/history.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;
using words = std::vector<std::string>;

namespace {

auto old_job(std::string name, std::string condition, std::optional<std::int64_t> begun) -> kube::job {
    auto j = make_job(std::move(name)).condition(std::move(condition)).done();
    if (begun) j.status.start_time = object::timestamp(new_year + seconds(*begun));
    return j;
}

} // namespace

TEST_CASE("of the jobs that ended those go that began first") {
    auto const w = reconcile::world{old_job("a", "Complete", 30),           old_job("b", "Complete", 10),
                                    old_job("c", "Complete", std::nullopt), old_job("d", "Failed", 5),
                                    old_job("e", "Complete", 10),           old_job("f", "Suspended", 1)};
    auto const world = w.at(new_year);
    auto jobs = kube::scheduled_jobs();
    for (auto const j : world.all<kube::job>()) jobs.push_back(j);
    auto const gone = [&](std::optional<std::int32_t> good, std::optional<std::int32_t> bad) {
        auto spec = kube::cron_job_spec();
        spec.successful_jobs_history_limit = good;
        spec.failed_jobs_history_limit = bad;
        auto out = words();
        for (auto const& j : kube::outdated_jobs(spec, jobs)) out.push_back(j->metadata.name);
        return out;
    };
    CHECK(gone(2, 1) == words{"b", "e"});
    CHECK(gone(0, 0) == words{"b", "e", "a", "c", "d"});
    CHECK(gone({}, 0) == words{"d"});
    CHECK(gone(9, {}).empty());
}

TEST_CASE("jobs are told to be active, and no longer") {
    auto const w = world_of(make_job("a"), make_job("b"));
    auto const world = w.at(new_year);
    auto s = kube::cron_job_status();
    enlist(s, world.get<kube::job>("default", "a"));
    enlist(s, world.get<kube::job>("default", "b"));
    CHECK(s.active[1].resource_version == "2");
    CHECK(s.active[1].api_version == "batch/v1");
    CHECK(is_listed(s, "uid-of-a"));
    CHECK(unlist(s, "uid-of-a"));
    CHECK(!unlist(s, "uid-of-a"));
    CHECK(!is_listed(s, "uid-of-a"));
    CHECK(s.active.size() == 1);
}
