/// \file
/// The jobs that a cron job makes.

#include "../cron_words.hpp"

#include <berth/kube/batch/cron_job/controller/new_job.hpp>
#include <berth/object/zone_info.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("a job is of the template, and tells when it was due") {
    auto const c = make_cron_job("@hourly").with([](kube::cron_job& o) {
        o.spec.job_template.metadata.labels["a"] = "b";
        o.spec.job_template.metadata.annotations["c"] = "d";
    });
    auto const j = kube::new_job(c.done(), new_year, {});
    CHECK(j.metadata.name == "tick-29453760");
    CHECK(j.metadata.namespace_ == "default");
    CHECK(j.metadata.labels.get("a") == "b");
    CHECK(j.metadata.annotations.get("c") == "d");
    CHECK(j.metadata.annotations.get(kube::scheduled_time_key) == "2026-01-01T00:00:00Z");
    CHECK(object::controller_of(j.metadata)->uid == "uid-of-tick");
    CHECK(j.spec == c.done().spec.job_template.spec);
}

TEST_CASE("times are told as clocks of the zone show them") {
    CHECK(kube::zoned_text(new_year, object::load_time_zone("Asia/Kolkata").value()) ==
          "2026-01-01T05:30:00+05:30");
    CHECK(kube::zoned_text(new_year, object::load_time_zone("America/New_York").value()) ==
          "2025-12-31T19:00:00-05:00");
    CHECK(kube::zoned_text(new_year, object::load_time_zone("UTC").value()) == "2026-01-01T00:00:00Z");
}
