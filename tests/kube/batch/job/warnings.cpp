/// \file
/// What writers of jobs are warned of.

#include "sound_job.hpp"

#include <berth/kube/batch/job/warnings.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("a sound job is not warned of") { CHECK(warnings_of(sound_job()).empty()); }

TEST_CASE("a name that is no label makes surprising pods, and is told at birth only") {
    auto j = sound_job();
    j.metadata.name = "a.b";
    auto const told = warnings_of(j);
    REQUIRE(told.size() == 1);
    CHECK(told[0] == "metadata.name: this is used in Pod names and hostnames, which can result in surprising "
                     "behavior; a DNS label is recommended: [must not contain dots]");
    auto const before = j;
    j.spec.suspend = true;
    CHECK(warnings_of(j, &before).empty());
}

TEST_CASE("very many indexes with very many pods at once may be lost track of") {
    auto j = indexed_job(100'001);
    j.spec.parallelism = 10'000;
    CHECK(warnings_of(j).empty());
    j.spec.parallelism = 10'001;
    REQUIRE(warnings_of(j).size() == 1);
    CHECK(
        warnings_of(j)[0].starts_with("spec: In Indexed Jobs with a number of completions higher than 10^5"));
    j.spec.completion_mode.engage() = "NonIndexed";
    CHECK(warnings_of(j).empty());
}

TEST_CASE("the template is warned of when it is new") {
    auto j = sound_job();
    auto const before = j;
    j.spec.template_.spec.node_selector["beta.kubernetes.io/os"] = "linux";
    auto const told =
        lines{"spec.template.spec.nodeSelector[beta.kubernetes.io/os]: deprecated since v1.14; use "
              "\"kubernetes.io/os\" instead"};
    CHECK(warnings_of(j) == told);
    CHECK(warnings_of(j, &before) == told);
    CHECK(warnings_of(j, &j).empty());
}
