/// \file
/// What autoscalers ask, and what the resource metrics API answers.

#include "../../../apiextensions/custom_resource_definition/definitions.hpp"
#include "../../../autoscaling_vocabulary.hpp"

#include <berth/api/memory_store.hpp>
#include <berth/api/server.hpp>
#include <berth/kube/apiextensions/custom_resource_definition/controller.hpp>
#include <berth/kube/apiextensions/custom_resource_definition/kind.hpp>
#include <berth/kube/apps/stateful_set/type.hpp>
#include <berth/kube/autoscaling/horizontal_pod_autoscaler/controller/metric_feed.hpp>
#include <berth/kube/autoscaling/horizontal_pod_autoscaler/controller/metric_replicas.hpp>
#include <berth/kube/autoscaling/horizontal_pod_autoscaler/controller/scale_target.hpp>
#include <berth/kube/core/replication_controller/type.hpp>
#include <berth/kube/metrics/board.hpp>
#include <berth/sim/virtual_clock.hpp>

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
    auto objects = api::memory_store();
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

namespace {

/// An API with ships, of which each says how many its crew are to be.
struct harbour {
    harbour() {
        auto definition = ships(R"({"type":"object","properties":{"spec":{"type":"object","properties":{)"
                                R"("crew":{"type":"integer"}}},"status":{"type":"object","properties":{)"
                                R"("aboard":{"type":"integer"},"selector":{"type":"string"}}}}})");
        auto& scale = definition.spec.versions[0].subresources.engage().scale.engage();
        scale.spec_replicas_path = ".spec.crew";
        scale.status_replicas_path = ".status.aboard";
        scale.label_selector_path.engage() = ".status.selector";
        REQUIRE(api::create(server, definition));
        for (auto n = 0; n < 20; ++n) {
            clock.advance(seconds(1));
            (void)custom.step(clock.now());
        }
        caches.follow<kube::deployment>();
    }

    static auto kinds() -> api::registry {
        auto out = api::registry();
        out.add(api::kind_of<kube::horizontal_pod_autoscaler>{}).add(api::kind_of<kube::deployment>{});
        out.add(api::kind_of<kube::replica_set>{}).add(api::kind_of<kube::stateful_set>{});
        out.add(api::kind_of<kube::replication_controller>{}).add(kube::custom_resource_definition_kind());
        return out;
    }
    static auto autoscaler(std::string name, std::string of) -> kube::horizontal_pod_autoscaler {
        auto a = make_autoscaler(1, 5).by_cpu(50).done();
        a.metadata.name = name;
        a.spec.scale_target_ref.api_version = "sea.example.org/v1";
        a.spec.scale_target_ref.kind = std::move(of);
        a.spec.scale_target_ref.name = std::move(name);
        return a;
    }

    sim::virtual_clock clock;
    api::memory_store objects;
    api::server server{
        objects, kinds(), {.now = [c = clock] { return c.now(); }, .seed = 1, .admission = {}}};
    kube::custom_kinds custom{server, server.kinds()};
    api::local_client client = server.as(api::server_identity());
    reconcile::caches caches{server};
    kube::latest_metrics latest;
};

} // namespace

TEST_CASE("a feed with a registry asks for the scales of kinds that no cache follows") {
    auto h = harbour();
    auto const known = h.server.kinds().snapshot();
    auto const* const kind = known->find("sea.example.org", "v1", "ships");
    REQUIRE(kind != nullptr);
    auto options = api::patch_options{};
    options.field_manager = "test";
    REQUIRE(h.client.apply(
        *kind->resource, {"default", "s"},
        R"({"apiVersion":"sea.example.org/v1","kind":"Ship","metadata":{"name":"s"},"spec":{"crew":1}})",
        options));
    for (auto const& [name, of] : {std::pair("s", "Ship"), {"lost", "Ship"}, {"odd", "Raft"}})
        REQUIRE(api::create(h.server, harbour::autoscaler(name, of)));
    auto feed = kube::metric_feed(h.server, h.caches, h.latest, seconds(5), h.server.kinds());
    CHECK(h.latest.scales() == nullptr);
    while (h.caches.step(h.clock.now()).kind == wake::when::again) {}
    (void)feed.step(h.clock.now());
    auto const scales = h.latest.scales();
    REQUIRE(scales != nullptr);
    REQUIRE(scales->size() == 3);
    auto const answer = [&](std::string name, std::string of) -> result<kube::scale_answer> const& {
        return scales->at({"default", "sea.example.org", "v1", std::move(of), std::move(name)});
    };
    CHECK(answer("s", "Ship")->state.desired == 1);
    CHECK(*answer("s", "Ship")->resource == *kind->resource);
    CHECK(answer("lost", "Ship").error().code == error_code::not_found);
    CHECK(answer("odd", "Raft").error().message ==
          "no matches for kind \"Raft\" in group \"sea.example.org\"");
    auto const target =
        kube::find_scale_target(h.caches.at(h.clock.now()), "default",
                                harbour::autoscaler("s", "Ship").spec.scale_target_ref, scales.get());
    auto const step = std::get<reconcile::patch_step>(target->give(3));
    options.subresource = step.subresource;
    REQUIRE(h.client.patch(*step.target.resource, step.target.where, {step.type, step.body}, options));
    h.clock.advance(seconds(5));
    (void)feed.step(h.clock.now());
    CHECK(h.latest.scales()->at({"default", "sea.example.org", "v1", "Ship", "s"})->state.desired == 3);
}
