/// \file
/// Pods are counted once.

#include "../job_words.hpp"

#include <berth/kube/batch/job/controller/tracking.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;
using words = std::vector<std::string>;

namespace {

auto tally_of(reconcile::world& w, std::optional<kube::job_ending> const& e = {}) -> kube::job_tally {
    auto const progress = progress_in(w, "count");
    return kube::tally(progress, e, progress.self->status);
}

auto released(kube::job_tally const& t) -> words {
    auto out = words();
    for (auto const& p : t.release) out.push_back(p->metadata.name);
    return out;
}

auto const failure = kube::job_ending{false, "R", "M"};
auto const success = kube::job_ending{true, "R", "M"};

} // namespace

TEST_CASE("uids of pods that have ended are told before they are let go, and counted after that") {
    auto const j = make_job("count", 9, 9);
    auto w = world_of(j, ended(pod_of(j, "good"), 0), ended(pod_of(j, "bad"), 1), pod_of(j, "runs"),
                      pod_of(j, "leaves").deleting());
    auto const t = tally_of(w);
    CHECK(released(t) == words{"bad", "good", "leaves"});
    CHECK(t.before.uncounted_terminated_pods->succeeded == words{"uid-of-good"});
    CHECK(t.before.uncounted_terminated_pods->failed == words{"uid-of-bad", "uid-of-leaves"});
    CHECK(t.before.succeeded == 0);
    CHECK(t.after.uncounted_terminated_pods->succeeded.empty());
    CHECK(t.after.succeeded == 1);
    CHECK(t.after.failed == 2);
    CHECK(t.all);
}

TEST_CASE("a pod whose uid is told already is not told again, and one that is gone is counted") {
    auto const j = make_job("count", 9, 9).with([](kube::job& o) {
        o.status.uncounted_terminated_pods.engage().succeeded = {"uid-of-good", "uid-of-gone"};
    });
    auto w = world_of(j, ended(pod_of(j, "good"), 0));
    auto const t = tally_of(w);
    CHECK(t.before.uncounted_terminated_pods->succeeded == words{"uid-of-good"});
    CHECK(t.before.succeeded == 1);
    CHECK(t.after.succeeded == 2);
}

TEST_CASE("when a job fails so have its active pods, and when it succeeds they have not") {
    auto const j = make_job("count", 9, 9);
    auto w = world_of(j, pod_of(j, "runs").ready());
    CHECK(tally_of(w, failure).after.failed == 1);
    CHECK(tally_of(w, success).after.failed == 0);
    CHECK(released(tally_of(w, success)) == words{"runs"});
    CHECK(released(tally_of(w)).empty());
}

TEST_CASE("an indexed job counts indexes") {
    auto const j = make_job("count", 4, 4).indexed().per_index(0).with([](kube::job& o) {
        o.status.completed_indexes = "1";
        o.status.succeeded = 1;
    });
    auto w = world_of(j, ended(pod_of(j, "a", 0), 0), ended(pod_of(j, "b", 2), 1),
                      ended(pod_of(j, "c", 1), 0), ended(pod_of(j, "d", 7), 1));
    auto const t = tally_of(w);
    CHECK(t.before.completed_indexes == "0,1");
    CHECK(*t.before.failed_indexes == "2");
    CHECK(t.before.succeeded == 2);
    CHECK(t.after.failed == 1);
    CHECK(t.release.size() == 4);
}

TEST_CASE("a pod that failed is kept until its successor knows of it") {
    auto const j = make_job("count", 4, 4).indexed().per_index(3);
    auto waiting = world_of(j, ended(pod_of(j, "a", 0), 1));
    CHECK(released(tally_of(waiting)).empty());
    auto replaced = world_of(j, ended(pod_of(j, "a", 0), 1), pod_of(j, "b", 0));
    CHECK(released(tally_of(replaced)) == words{"a"});
    auto over = world_of(j, ended(pod_of(j, "a", 0), 1));
    CHECK(released(tally_of(over, failure)) == words{"a"});
}

TEST_CASE("the status holds 500 uids at most") {
    auto const j = make_job("count", 900, 900);
    auto w = world_of(j);
    for (auto i = 0; i < 501; ++i) w.add(ended(pod_of(j, "p" + std::to_string(i)), 0).done());
    auto const t = tally_of(w, success);
    CHECK(t.release.size() == 500);
    CHECK(!t.all);
}
