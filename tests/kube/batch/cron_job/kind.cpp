/// \file
/// How cron jobs behave in the API, and their table.

#include "../../table.hpp"

#include <berth/kube/batch/cron_job/kind.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("the table of cron jobs shows when jobs begin and how many run") {
    auto c = kube::cron_job();
    c.metadata.name = "nightly";
    c.metadata.creation_timestamp = object::timestamp(new_year);
    c.spec.schedule = "@daily";
    c.spec.suspend = true;
    c.status.active.emplace_back();
    auto const k = kube::cron_job_kind();
    CHECK(headers_of(k) == std::vector<std::string>{"Name", "Schedule", "Timezone", "Suspend", "Active",
                                                    "Last Schedule", "Age", "Containers", "Images",
                                                    "Selector"});
    CHECK(cells_of(k, c) == std::vector<std::string>{"nightly", "@daily", "<none>", "True", "1", "<none>",
                                                     "100s", "", "", "<none>"});
    c.status.last_schedule_time = object::timestamp(new_year + seconds(40));
    CHECK(cells_of(k, c)[5] == "60s");
}
