/// \file
/// What autoscalers ask, and what the resource metrics API answers.

#include "../../../autoscaling_vocabulary.hpp"

#include <berth/api/server.hpp>
#include <berth/kube/apps/stateful_set/type.hpp>
#include <berth/kube/autoscaling/horizontal_pod_autoscaler/controller/metric_feed.hpp>
#include <berth/kube/autoscaling/horizontal_pod_autoscaler/controller/metric_replicas.hpp>
#include <berth/kube/core/replication_controller/type.hpp>
#include <berth/kube/metrics/board.hpp>
#include <berth/sim/virtual_clock.hpp>
#include <berth/store/memory.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

using namespace test;

namespace {

auto metrics_of(std::string space, std::string name,
                std::vector<std::pair<std::string, int>> const& containers) -> object::object_ref {
    auto out = kube::pod_metrics();
    out.metadata.namespace_ = std::move(space);
    out.metadata.labels["app"] = "web";
    out.metadata.name = std::move(name);
    out.timestamp = object::timestamp(new_year);
    out.window = "15s";
    for (auto const& [container, milli] : containers) {
        auto& c = out.containers.emplace_back();
        c.name = container;
        c.usage["cpu"] = object::quantity::of_milli(milli);
    }
    return {object::any_object(std::move(out)), 1};
}

auto const asked = kube::metric_query{.of = kube::metric_source::resource,
                                      .namespace_ = "default",
                                      .metric = "cpu",
                                      .series = {},
                                      .pods = "app=web",
                                      .container = {},
                                      .object = {}};

} // namespace

TEST_CASE("pods answer with the sum of their containers, or with one of them") {
    auto const all =
        std::vector{metrics_of("default", "a", {{"main", 100}, {"side", 20}}),
                    metrics_of("default", "b", {{"main", 7}}), metrics_of("other", "c", {{"main", 9}})};
    auto const answer = kube::answer_from(all, asked).value();
    CHECK(answer.pods.size() == 2);
    CHECK(answer.pods.at("a") == kube::metric_sample{120, new_year, seconds(15)});
    auto of_one = asked;
    of_one.of = kube::metric_source::container;
    of_one.container = "side";
    CHECK(kube::answer_from(all, of_one).value().pods ==
          kube::pod_samples{{"a", {20, new_year, seconds(15)}}});
}

TEST_CASE("a window is read as agents write it, with fractions of a second") {
    auto told = metrics_of("default", "a", {{"main", 100}}).object.as<kube::pod_metrics>();
    told.window = "15.0034s";
    auto const all = std::vector{object::object_ref{object::any_object(std::move(told)), 1}};
    CHECK(kube::answer_from(all, asked).value().pods.at("a").window == microseconds(15'003'400));
}

TEST_CASE("what no pod has cannot be known") {
    auto const all = std::vector{metrics_of("default", "a", {{"main", 100}})};
    for (auto q : {asked, asked, asked}) {
        static auto n = 0;
        if (n == 0) q.metric = "memory";
        else if (n == 1) q.pods = "app=db";
        else q.namespace_ = "other";
        ++n;
        CHECK(kube::answer_from(all, q).error().message == "no metrics returned from resource metrics API");
    }
}

TEST_CASE("a feed answers what the autoscalers ask, once a period, as long as there is such an API") {
    auto clock = sim::virtual_clock();
    auto objects = store::memory<object::any_object>();
    auto kinds = api::registry();
    kinds.add(api::kind_of<kube::horizontal_pod_autoscaler>{}).add(api::kind_of<kube::deployment>{});
    kinds.add(api::kind_of<kube::replica_set>{}).add(api::kind_of<kube::stateful_set>{});
    kinds.add(api::kind_of<kube::replication_controller>{});
    auto const served = GENERATE(true, false);
    auto board = std::make_shared<kube::metrics_board>();
    if (served) kube::add_metrics(kinds, board);
    auto server =
        api::server(objects, kinds, {.now = [&] { return clock.now(); }, .seed = 1, .admission = {}});
    auto caches = reconcile::caches(server);
    caches.follow<kube::deployment>();
    auto latest = kube::latest_metrics();
    auto feed = kube::metric_feed(server, caches, latest, seconds(5));
    auto const autoscaler = make_autoscaler(1, 5).by_cpu(50).done();
    REQUIRE(api::create(server, make_deployment("web", 1).done()));
    REQUIRE(api::create(server, autoscaler));
    auto summary = kube::node_summary();
    summary.metadata.name = "n";
    auto& p = summary.pods.emplace_back();
    p.namespace_ = "default";
    p.name = "web-1";
    p.labels["app"] = "web";
    auto& c = p.containers.emplace_back();
    c.usage["cpu"] = object::quantity::of_milli(30);
    board->tell(summary, clock.now());
    while (caches.step(clock.now()).kind == wake::when::again) {}
    CHECK(feed.step(clock.now()) == wake::at(clock.now() + seconds(5)));
    auto const q = kube::query_of(autoscaler.spec.metrics[0], "default", "app=web");
    auto const answers = latest.get();
    CHECK((answers != nullptr) == served);
    if (served) CHECK(answers->at(q).value().pods.at("web-1").milli == 30);
    (void)feed.step(clock.now() + seconds(4));
    CHECK(latest.get() == answers);
}
