/// \file
/// Cron jobs: what is refused, where and in which words.

#include "../../complaints.hpp"

#include <berth/kube/batch/cron_job/defaults.hpp>
#include <berth/kube/batch/cron_job/validation.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

auto sound() -> kube::cron_job {
    auto c = named<kube::cron_job>();
    c.spec.schedule = "*/5 1-3 * * MON";
    auto& pods = c.spec.job_template.spec.template_.spec;
    pods.restart_policy = "OnFailure";
    auto& main = pods.containers.emplace_back();
    main.name = "main";
    main.image = "b";
    set_defaults(c);
    return c;
}

auto zoned(std::string zone) -> lines {
    auto c = sound();
    c.spec.time_zone = std::move(zone);
    return complaints(c);
}

} // namespace

TEST_CASE("a cron job has a schedule that can be read, without a zone in it") {
    auto c = sound();
    CHECK(complaints(c).empty());
    c.spec.schedule = "";
    CHECK(complaints(c) == lines{"spec.schedule: Required value"});
    c.spec.schedule = "* * * * * *";
    CHECK(complaints(c) == lines{"spec.schedule: Invalid value: \"* * * * * *\": expected exactly 5 fields, "
                                 "found 6: [* * * * * *]"});
    c.spec.schedule = "TZ=UTC @daily";
    auto const refused = lines{"spec.schedule: Invalid value: \"TZ=UTC @daily\": cannot use TZ or CRON_TZ in "
                               "schedule, use timeZone field instead"};
    CHECK(complaints(c) == refused);
    CHECK(complaints(c, sound()) == refused);
    CHECK(complaints(c, c).empty());
    auto both = c;
    both.spec.time_zone.engage() = "UTC";
    CHECK(complaints(both, c) == lines{"spec.schedule: Invalid value: \"TZ=UTC @daily\": cannot use both "
                                       "timeZone field and TZ or CRON_TZ in schedule"});
}

TEST_CASE("a time zone is one that the world knows, by its own name") {
    CHECK(zoned("Europe/Paris").empty());
    CHECK(zoned("UTC").empty());
    CHECK(zoned("") == lines{"spec.timeZone: Invalid value: \"\": timeZone must be nil or non-empty string"});
    for (auto const* const bad : {"Mars/Base", "/UTC", "a//b", "../etc", "Europe/Paris "})
        CHECK(zoned(bad) ==
              lines{"spec.timeZone: Invalid value: \"" + std::string(bad) + "\": unknown time zone " + bad});
    CHECK(zoned("Local") ==
          lines{"spec.timeZone: Invalid value: \"Local\": timeZone must be an explicit time "
                "zone as defined in https://www.iana.org/time-zones"});
}

TEST_CASE("a time zone that is there is not looked up again") {
    auto c = sound();
    c.spec.time_zone.engage() = "Mars/Base";
    CHECK(complaints(c, c).empty());
}

TEST_CASE("the jobs of a cron job are named and selected by the system") {
    auto c = sound();
    c.metadata.name = std::string(53, 'a');
    c.spec.concurrency_policy = "x";
    c.spec.job_template.spec.selector.engage();
    c.spec.job_template.spec.manual_selector = true;
    CHECK(complaints(c) ==
          lines{"spec.concurrencyPolicy: Unsupported value: \"x\": supported values: \"Allow\", \"Forbid\", "
                "\"Replace\"",
                "spec.jobTemplate.spec.selector: Invalid value: {}: `selector` will be auto-generated",
                "spec.jobTemplate.spec.manualSelector: Unsupported value: true: supported values: \"nil\", "
                "\"false\"",
                "metadata.name: Invalid value: \"" + c.metadata.name +
                    "\": must be no more than 52 characters"});
    auto old = c;
    CHECK(complaints(c, old).size() == 3);
}
