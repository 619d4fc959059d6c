/// \file
/// What the metrics APIs are asked, and what they have answered.

#include <berth/kube/autoscaling/horizontal_pod_autoscaler/controller/metric_answers.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace berth;

namespace {

auto query(kube::metric_source of, std::string metric) -> kube::metric_query {
    auto q = kube::metric_query();
    q.of = of;
    q.metric = std::move(metric);
    return q;
}

} // namespace

TEST_CASE("what was not answered there is no API for") {
    auto const said = [](kube::metric_source of) {
        return kube::answer_to(nullptr, query(of, "queue")).error().message;
    };
    CHECK(said(kube::metric_source::resource) ==
          "unable to fetch metrics from resource metrics API: the server could not find the requested "
          "resource (get pods.metrics.k8s.io)");
    CHECK(said(kube::metric_source::container) == said(kube::metric_source::resource));
    CHECK(said(kube::metric_source::pods) ==
          "unable to fetch metrics from custom metrics API: no custom metrics API (custom.metrics.k8s.io) "
          "registered");
    CHECK(said(kube::metric_source::external) ==
          "unable to fetch metrics from external metrics API: the server could not find the requested "
          "resource (get queue.external.metrics.k8s.io)");
}

TEST_CASE("an answer belongs to its question") {
    auto answers = kube::metric_answers();
    auto const q = query(kube::metric_source::external, "queue");
    answers.emplace(q, kube::metric_answer{{}, {5}});
    CHECK(kube::answer_to(&answers, q)->values == std::vector<std::int64_t>{5});
    CHECK_FALSE(kube::answer_to(&answers, query(kube::metric_source::external, "other")));
    CHECK_FALSE(kube::answer_to(&answers, query(kube::metric_source::object, "queue")));
}
