/// \file
/// What the metrics of an autoscaler call for together.

#include "../../../autoscaling_vocabulary.hpp"

#include <berth/kube/autoscaling/horizontal_pod_autoscaler/controller/metric_replicas.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

/// Looks at an autoscaler over two workers that use so much, and a queue of so many (none: no answer).
class look {
public:
    look(make_autoscaler a, std::int64_t each, std::optional<std::int64_t> queue)
        : autoscaler_(std::move(a)) {
        world_.add(worker("a").done());
        world_.add(worker("b").done());
        for (auto const& m : autoscaler_.done().spec.metrics) {
            auto const q = kube::query_of(m, "default", "app=web");
            if (q.of == kube::metric_source::external && !queue) {
                answers_.emplace(q, fail(error_code::unavailable, "no metrics known"));
                continue;
            }
            auto answer = kube::metric_answer();
            for (auto const* const name : {"a", "b"}) answer.pods[name] = {each, new_year, seconds(60)};
            answer.values.push_back(queue.value_or(0));
            answers_.emplace(q, std::move(answer));
        }
    }
    auto run() -> kube::metric_replicas {
        auto w = kube::scaled_workload();
        for (auto const p : world_.at(new_year).all<kube::pod>()) w.pods.push_back(p);
        w.desired = w.current = 2;
        w.now = new_year;
        return kube::replicas_for(autoscaler_.done(), w, "app=web", &answers_);
    }

private:
    make_autoscaler autoscaler_;
    reconcile::world world_;
    kube::metric_answers answers_;
};

} // namespace

TEST_CASE("the metric that calls for the most counts, and each has a status") {
    auto const a = make_autoscaler(1, 9).by_cpu(50).by_queue(1);
    auto const few = look(a, 800, 2000).run();
    CHECK(few.replicas == 4);
    CHECK(few.metric == "cpu resource utilization (percentage of request)");
    auto const many = look(a, 800, 7000).run();
    CHECK(many.replicas == 7);
    CHECK(many.metric == "external metric queue(nil)");
    REQUIRE(many.statuses.size() == 2);
    CHECK(many.statuses[0].resource_->current.average_utilization == 80);
    CHECK(many.statuses[1].external->current.average_value->to_string() == "3500m");
}

TEST_CASE("a metric that is of no use does not keep others from calling for more, only for less") {
    auto const a = make_autoscaler(1, 9).by_cpu(50).by_queue(1);
    auto const up = look(a, 800, {}).run();
    CHECK(up.replicas == 4);
    REQUIRE(up.problems.size() == 1);
    CHECK(up.problems[0].reason == "FailedGetExternalMetric");
    CHECK(up.problems[0].why == "unable to get external metric default/queue/nil: no metrics known");
    CHECK(up.problems[0].said ==
          "failed to get queue external metric value: failed to get queue external metric: "
          "unable to get external metric default/queue/nil: no metrics known");
    CHECK(up.statuses[1].type.empty());
    CHECK_FALSE(look(a, 100, {}).run().replicas);
    CHECK_FALSE(look(make_autoscaler(1, 9).by_queue(1), 0, {}).run().replicas);
}

TEST_CASE("questions name what they are about") {
    auto m = kube::metric_spec();
    m.type = "Object";
    auto& o = m.object.engage();
    o.described_object.kind = "Service";
    o.described_object.name = "s";
    o.metric.name = "hits";
    o.metric.selector.engage().match_labels["verb"] = "GET";
    auto const q = kube::query_of(m, "default", "app=web");
    CHECK(q.of == kube::metric_source::object);
    CHECK(q.object == "Service/s");
    CHECK(q.series == "verb=GET");
    CHECK(q.pods.empty());
    m = kube::metric_spec();
    m.type = "ContainerResource";
    auto& c = m.container_resource.engage();
    c.name = "cpu";
    c.container = "main";
    auto const of_container = kube::query_of(m, "default", "app=web");
    CHECK(of_container.container == "main");
    CHECK(of_container.pods == "app=web");
}
