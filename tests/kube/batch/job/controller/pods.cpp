/// \file
/// What a job reads off its pods.

#include "../job_words.hpp"

#include <berth/kube/batch/job/controller/pods.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;
using words = std::vector<std::string>;

namespace {

auto surplus(make_job const& j, reconcile::world& w, std::ptrdiff_t at_least) -> words {
    auto out = words();
    for (auto const& p : kube::surplus_of(j.done(), progress_in(w, j.done().metadata.name).active, at_least))
        out.push_back(p->metadata.name);
    return out;
}

} // namespace

TEST_CASE("an index is a number that an annotation tells, and one that the job has") {
    auto const j = make_job("count", 3).indexed();
    auto const with = [&](std::string text) {
        return pod_of(j, "p").annotation(std::string(kube::completion_index_key), std::move(text)).done();
    };
    CHECK(kube::completion_index(with("2")) == 2);
    CHECK(kube::completion_index(with("7")) == 7);
    CHECK(!kube::completion_index(with("-1")));
    CHECK(!kube::completion_index(with("two")));
    CHECK(!kube::completion_index(pod_of(j, "p").done()));
    CHECK(kube::index_within(j.done(), with("2")) == 2);
    CHECK(!kube::index_within(j.done(), with("3")));
}

TEST_CASE("a pod on its way out has failed, unless the job waits for its end") {
    auto const j = make_job("count");
    auto const leaving = pod_of(j, "p").deleting();
    CHECK(kube::has_failed(j.done(), leaving.done()));
    CHECK(!kube::has_failed(make_job("count").patient().done(), leaving.done()));
    CHECK(kube::has_failed(make_job("count").patient().done(), ended(leaving, 1).done()));
    CHECK(!kube::has_failed(j.done(), ended(leaving, 0).done()));
    CHECK(!kube::has_failed(j.done(), pod_of(j, "p").done()));
    auto ruled = make_job("count");
    ruled.failure_rule("Count");
    CHECK(kube::replaces_only_failed(ruled.done().spec));
}

TEST_CASE("failures of an index are told by annotations that may be anything") {
    auto const j = make_job("count");
    auto const failures = [&](std::string text) {
        return kube::index_failures_of(
                   pod_of(j, "p").annotation(std::string(kube::index_failures_key), std::move(text)).done())
            .counted;
    };
    CHECK(failures("3") == 3);
    CHECK(failures("-3") == 0);
    CHECK(failures("2147483648") == 0);
    CHECK(failures("many") == 0);
    auto const both = pod_of(j, "p")
                          .annotation(std::string(kube::index_failures_key), "2147483647")
                          .annotation(std::string(kube::index_ignored_failures_key), "1");
    CHECK(kube::index_failures_of(both.done()).total() == 2147483648);
}

TEST_CASE("a pod ended when its containers did, or was unready, or was to be gone, or was made") {
    auto const j = make_job("count");
    auto const t = new_year + seconds(100);
    CHECK(kube::finished_at(ended(pod_of(j, "p"), 1, t).done()) == t);
    CHECK(kube::finished_at(pod_of(j, "p").condition("Ready", "False", t).done()) == t);
    auto leaving = pod_of(j, "p").deleting(t);
    leaving.with([](kube::pod& p) { p.metadata.deletion_grace_period_seconds = 30; });
    CHECK(kube::finished_at(leaving.done()) == new_year + seconds(70));
    CHECK(kube::finished_at(pod_of(j, "p").made_at(t).done()) == t);
}

TEST_CASE("of too many pods those go first that have not come far, and the youngest") {
    auto const j = make_job("count", 9, 9);
    auto const t = new_year;
    auto w =
        world_of(j, pod_of(j, "ready").on("n").ready(t), pod_of(j, "younger").on("n").ready(t + seconds(9)),
                 pod_of(j, "unready").on("n").phase("Running"), pod_of(j, "pending").on("n"),
                 pod_of(j, "unbound"), pod_of(j, "later").made_at(t + seconds(5)));
    CHECK(surplus(j, w, 0).empty());
    CHECK(surplus(j, w, 6) == words{"later", "unbound", "pending", "unready", "younger", "ready"});
    CHECK(surplus(j, w, 99).size() == 6);
}

TEST_CASE("pods without an index of the job, and all but one of an index, go in any case") {
    auto const j = make_job("count", 3, 3).indexed();
    auto w = world_of(j, pod_of(j, "none"), pod_of(j, "high", 3), pod_of(j, "a", 0).on("n").ready(),
                      pod_of(j, "b", 0), pod_of(j, "c", 1), pod_of(j, "d", 2).on("n").ready());
    CHECK(surplus(j, w, 0) == words{"none", "high", "b"});
    CHECK(surplus(j, w, 4) == words{"none", "high", "b", "c"});
}
