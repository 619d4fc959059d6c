/// \file
/// How jobs behave in the API, and their table.

#include "../../vocabulary.hpp"
#include "sound_job.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

auto cells_of(kube::job const& j) -> lines {
    auto out = lines();
    for (auto const& c : test::cells_of(kube::job_kind().columns, j, new_year + seconds(100)))
        out.push_back(std::get<std::string>(c));
    return out;
}

auto with_condition(std::string type) -> kube::job {
    auto j = sound_job();
    auto& c = j.status.conditions.emplace_back();
    c.type = std::move(type);
    c.status = "True";
    return j;
}

} // namespace

TEST_CASE("a new job selects its pods by labels of its own") {
    auto const j = sound_job();
    auto const& labels = j.spec.template_.metadata.labels;
    CHECK(labels.get("batch.kubernetes.io/controller-uid") == "u1");
    CHECK(labels.get("controller-uid") == "u1");
    CHECK(labels.get("batch.kubernetes.io/job-name") == "count");
    CHECK(labels.get("job-name") == "count");
    CHECK(j.spec.selector->match_labels.size() == 1);
    CHECK(j.spec.selector->match_labels.get("batch.kubernetes.io/controller-uid") == "u1");
}

TEST_CASE("labels that the manifest gives are kept, and a selector that is its own is left alone") {
    auto j = kube::job();
    j.spec.template_.metadata.labels["job-name"] = "other";
    kube::job_kind().prepare_create(j);
    CHECK(j.spec.template_.metadata.labels.get("job-name") == "other");
    j = {};
    j.spec.manual_selector = true;
    kube::job_kind().prepare_create(j);
    CHECK_FALSE(j.spec.selector);
    CHECK(j.spec.template_.metadata.labels.empty());
}

TEST_CASE("a job without labels wears those of its template, with what the server adds to them") {
    auto j = kube::job();
    j.metadata.name = "count";
    j.spec.template_.metadata.labels["app"] = "a";
    auto const asked = j;
    kube::job_kind().prepare_create(j);
    CHECK(j.metadata.labels == j.spec.template_.metadata.labels);
    CHECK(j.metadata.labels.get("job-name") == "count");
    auto again = asked;
    kube::job_kind().prepare_update(again, j);
    CHECK(again.metadata.labels == asked.spec.template_.metadata.labels);
    auto own = asked;
    own.metadata.labels["own"] = "b";
    kube::job_kind().prepare_create(own);
    CHECK(own.metadata.labels.size() == 1);
}

TEST_CASE("the table of jobs shows how far they are") {
    auto j = sound_job();
    j.metadata.creation_timestamp = object::timestamp(new_year);
    j.status.start_time = object::timestamp(new_year + seconds(10));
    CHECK(cells_of(j) == lines{"count", "Running", "0/1", "90s", "100s", "main", "busybox:1",
                               "batch.kubernetes.io/controller-uid=u1"});
    j.status.completion_time = object::timestamp(new_year + seconds(30));
    j.status.succeeded = 1;
    CHECK(cells_of(j)[2] == "1/1");
    CHECK(cells_of(j)[3] == "20s");
    CHECK(cells_of(j).size() == kube::job_kind().columns.size());
}

TEST_CASE("a job that any success completes shows how many try") {
    auto j = sound_job();
    j.spec.completions.reset();
    CHECK(cells_of(j)[2] == "0/1");
    j.spec.parallelism = 3;
    CHECK(cells_of(j)[2] == "0/1 of 3");
}

TEST_CASE("the status of a job is its end, else that it goes, else what holds it") {
    for (auto const* const type : {"Complete", "Failed", "Suspended", "FailureTarget"})
        CHECK(cells_of(with_condition(type))[1] == type);
    auto going = with_condition("Suspended");
    going.metadata.deletion_timestamp = object::timestamp(new_year);
    CHECK(cells_of(going)[1] == "Terminating");
    going = with_condition("Complete");
    going.metadata.deletion_timestamp = object::timestamp(new_year);
    CHECK(cells_of(going)[1] == "Complete");
}

TEST_CASE("jobs are found by their successes") {
    auto const k = api::kind(kube::job_kind());
    auto j = sound_job();
    j.status.succeeded = 2;
    CHECK(k.field_value(&j, "status.successful") == "2");
}
