/// \file
/// The pods that a job makes.

#include "../job_words.hpp"

#include <berth/kube/batch/job/controller/new_pod.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("a pod of a job is of its template, its own, and tracked") {
    auto const j = make_job("count");
    auto const p = kube::new_job_pod(j.done());
    CHECK(p.metadata.generate_name == "count-");
    CHECK(p.metadata.labels.get("app") == "count");
    CHECK(object::controller_of(p.metadata)->uid == "uid-of-count");
    CHECK(kube::is_tracked(p));
    CHECK(p.spec == j.done().spec.template_.spec);
}

TEST_CASE("a pod of an index knows it in many ways") {
    auto const j = make_job("count", 9, 9).indexed().with([](kube::job& o) {
        auto& own = o.spec.template_.spec.containers.emplace_back();
        own.env.emplace_back().name = "JOB_COMPLETION_INDEX";
    });
    auto w = world_of(j);
    auto const p = kube::new_job_pod(progress_in(w, "count"), 3);
    CHECK(p.metadata.generate_name == "count-3-");
    CHECK(p.metadata.annotations.get(kube::completion_index_key) == "3");
    CHECK(p.metadata.labels.get(kube::completion_index_key) == "3");
    CHECK(!p.metadata.annotations.contains(kube::index_failures_key));
    CHECK(p.spec.hostname == "count-3");
    REQUIRE(p.spec.containers[0].env.size() == 1);
    CHECK(p.spec.containers[0].env[0].value_from->field_ref->field_path ==
          "metadata.labels['batch.kubernetes.io/job-completion-index']");
    REQUIRE(p.spec.containers[1].env.size() == 1);
    CHECK(!p.spec.containers[1].env[0].value_from);
}

TEST_CASE("the index stays in the names of pods of a job with a long name") {
    auto const j = make_job(std::string(63, 'x'), 99999, 9).indexed();
    auto w = world_of(j);
    auto const p = kube::new_job_pod(progress_in(w, j.done().metadata.name), 12345);
    CHECK(p.metadata.generate_name == std::string(51, 'x') + "-12345-");
}

TEST_CASE("a pod knows how often its index has failed") {
    auto j = make_job("count", 9, 9).indexed().per_index(5);
    auto& codes = j.failure_rule("Ignore").on_exit_codes.engage();
    codes.operator_ = "In";
    codes.values = {3};
    auto const again = std::string(kube::index_failures_key);
    auto w = world_of(j, ended(pod_of(j, "a", 0).annotation(again, "2"), 1),
                      ended(pod_of(j, "b", 1).annotation(again, "2"), 3));
    auto const progress = progress_in(w, "count");
    auto const failures = [&](std::int64_t index) {
        auto const f = kube::index_failures_of(kube::new_job_pod(progress, index));
        return std::pair(f.counted, f.ignored);
    };
    CHECK(failures(0) == std::pair(3, 0));
    CHECK(failures(1) == std::pair(2, 1));
    CHECK(failures(2) == std::pair(0, 0));
    CHECK(kube::new_job_pod(progress, 2).metadata.annotations.get(kube::index_failures_key) == "0");
}
