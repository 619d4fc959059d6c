/// \file
/// What writers of a cron job are warned of.

#include <berth/kube/batch/cron_job/warnings.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace berth;

TEST_CASE("a cron job is warned of its name when it is new, and of its jobs when they change") {
    auto before = kube::cron_job();
    before.metadata.name = "a.b";
    before.spec.job_template.spec.template_.spec.node_selector["beta.kubernetes.io/arch"] = "amd64";
    auto const told =
        std::string("spec.jobTemplate.spec.template.spec.nodeSelector[beta.kubernetes.io/arch]: "
                    "deprecated since v1.14; use \"kubernetes.io/arch\" instead");
    auto const all = warnings_of(before);
    REQUIRE(all.size() == 2);
    CHECK(all[0].starts_with("metadata.name: this is used in Pod names and hostnames"));
    CHECK(all[1] == told);
    auto now = before;
    CHECK(warnings_of(now, &before).empty());
    ++now.metadata.generation;
    now.spec.job_template.spec.template_.metadata.labels["a"] = "b";
    CHECK(warnings_of(now, &before) == std::vector{told});
}
