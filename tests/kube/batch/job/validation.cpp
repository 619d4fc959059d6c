/// \file
/// Jobs that are to be created: what is refused, where and in which words.

#include "sound_job.hpp"

#include <berth/kube/batch/job/validation.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("a job with defaults is sound, with indexes and without") {
    CHECK(complaints(sound_job()).empty());
    CHECK(complaints(indexed_job()).empty());
}

TEST_CASE("numbers of a job are not negative") {
    auto j = sound_job();
    j.spec.parallelism = -1;
    j.spec.active_deadline_seconds = -2147483649;
    j.spec.ttl_seconds_after_finished = -2;
    CHECK(complaints(j) ==
          lines{"spec.parallelism: Invalid value: -1: must be greater than or equal to 0",
                "spec.activeDeadlineSeconds: Invalid value: -2147483649: must be greater than or equal to 0",
                "spec.ttlSecondsAfterFinished: Invalid value: -2: must be greater than or equal to 0"});
}

TEST_CASE("an indexed job says how many indexes it has, and not too many run at once") {
    auto j = indexed_job();
    j.spec.completions.reset();
    j.spec.parallelism = 2147483647;
    CHECK(complaints(j) == lines{"spec.completions: Required value: when completion mode is Indexed",
                                 "spec.parallelism: Invalid value: 2147483647: must be less than or equal to "
                                 "100000 when completion mode is Indexed"});
}

TEST_CASE("a mode of completion is one of two") {
    auto j = sound_job();
    j.spec.completion_mode.engage() = "";
    CHECK(complaints(j) == lines{"spec.completionMode: Unsupported value: \"\": supported values: "
                                 "\"NonIndexed\", \"Indexed\""});
}

TEST_CASE("failures of each index are counted only where there are indexes") {
    auto j = sound_job();
    j.spec.max_failed_indexes = 1;
    CHECK(complaints(j) ==
          lines{"spec.backoffLimitPerIndex: Required value: when maxFailedIndexes is specified",
                "spec.maxFailedIndexes: Invalid value: 1: requires indexed completion mode"});
    j = indexed_job(4);
    j.spec.backoff_limit_per_index = 1;
    j.spec.max_failed_indexes = 5;
    CHECK(complaints(j) ==
          lines{"spec.maxFailedIndexes: Invalid value: 5: must be less than or equal to completions"});
}

TEST_CASE("with very many indexes fewer may fail and run at once") {
    auto j = indexed_job(100'001);
    j.spec.backoff_limit_per_index = 1;
    CHECK(complaints(j) ==
          lines{"spec.maxFailedIndexes: Required value: must be specified when completions is "
                "above 100000"});
    j.spec.max_failed_indexes = 10'001;
    j.spec.parallelism = 10'001;
    CHECK(
        complaints(j) ==
        lines{"spec.parallelism: Invalid value: 10001: must be less than or equal to 10000 when completions "
              "are above 100000 and used with backoff limit per index",
              "spec.maxFailedIndexes: Invalid value: 10001: must be less than or equal to 10000 when "
              "completions are above 100000 and used with backoff limit per index"});
}

TEST_CASE("pods of a job are not restarted for ever") {
    auto j = sound_job();
    j.spec.template_.spec.restart_policy = "Always";
    CHECK(complaints(j) == lines{"spec.template.spec.restartPolicy: Required value: valid values: "
                                 "\"OnFailure\", \"Never\""});
    j.spec.template_.spec.restart_policy = "OnFailure";
    CHECK(complaints(j).empty());
}

TEST_CASE("pods are replaced when they have failed if failures have a policy") {
    auto j = sound_job();
    j.spec.pod_replacement_policy.engage() = "Soon";
    CHECK(complaints(j) == lines{"spec.podReplacementPolicy: Unsupported value: \"Soon\": supported values: "
                                 "\"Failed\", \"TerminatingOrFailed\""});
    *j.spec.pod_replacement_policy = "TerminatingOrFailed";
    j.spec.pod_failure_policy.engage();
    CHECK(complaints(j) == lines{"spec.podReplacementPolicy: Unsupported value: \"TerminatingOrFailed\": "
                                 "supported values: \"Failed\""});
}

TEST_CASE("who manages a job has a domain") {
    auto j = sound_job();
    j.spec.managed_by.engage() = "me";
    CHECK(complaints(j) ==
          lines{"spec.managedBy: Invalid value: \"me\": must be a domain-prefixed path (such as "
                "\"acme.io/foo\")"});
    *j.spec.managed_by = "acme.io/foo";
    CHECK(complaints(j).empty());
    *j.spec.managed_by = "acme.io/" + std::string(56, 'a');
    CHECK(complaints(j) == lines{"spec.managedBy: Too long: may not be more than 63 bytes"});
}

TEST_CASE("the selector of a job is the one that was made for it") {
    auto j = sound_job();
    j.spec.selector->match_labels["app"] = "base";
    CHECK(
        complaints(j) ==
        lines{
            "spec.selector: Invalid value: "
            "{\"matchLabels\":{\"app\":\"base\",\"batch.kubernetes.io/controller-uid\":\"u1\"}}: `selector` "
            "not auto-generated",
            "spec.template.metadata.labels: Invalid value: "
            "{\"batch.kubernetes.io/controller-uid\":\"u1\",\"batch.kubernetes.io/job-name\":\"count\","
            "\"controller-uid\":\"u1\",\"job-name\":\"count\"}: `selector` does not match template "
            "`labels`"});
    j = sound_job();
    j.spec.template_.metadata.labels.erase("job-name");
    CHECK(complaints(j) == lines{"spec.template.metadata.labels[job-name]: Required value: must be 'count'"});
    j.spec.template_.metadata.labels["job-name"] = "other";
    CHECK(complaints(j) ==
          lines{"spec.template.metadata.labels[job-name]: Invalid value: \"other\": must be 'count'"});
}

TEST_CASE("a job without a selector is refused, one with its own is not") {
    auto j = sound_job();
    j.spec.selector.reset();
    CHECK(complaints(j) == lines{"spec.selector: Required value",
                                 "spec.template.metadata.labels: Invalid value: "
                                 "{\"batch.kubernetes.io/controller-uid\":\"u1\",\"batch.kubernetes.io/"
                                 "job-name\":\"count\",\"controller-uid\":\"u1\",\"job-name\":\"count\"}: "
                                 "`selector` does not match template `labels`"});
    j.spec.manual_selector = true;
    j.spec.selector.engage().match_labels["own"] = "x";
    j.spec.template_.metadata.labels = {};
    j.spec.template_.metadata.labels["own"] = "x";
    CHECK(complaints(j).empty());
}

TEST_CASE("the pods of an indexed job have host names") {
    auto j = indexed_job(4);
    j.metadata.name = std::string(62, 'a');
    auto const told = complaints(j);
    REQUIRE_FALSE(told.empty());
    CHECK(told.back() == "metadata.name: Invalid value: \"" + j.metadata.name +
                             "\": will not able to create pod with invalid DNS label: " + j.metadata.name +
                             "-3");
}
