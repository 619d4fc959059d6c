/// \file
/// What an autoscaler scales.

#include "../../../vocabulary.hpp"

#include <berth/kube/autoscaling/horizontal_pod_autoscaler/controller/scale_target.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

auto to(std::string kind, std::string version = "apps/v1", std::string name = "web")
    -> kube::cross_version_object_reference {
    auto out = kube::cross_version_object_reference();
    out.kind = std::move(kind);
    out.name = std::move(name);
    out.api_version = std::move(version);
    return out;
}

} // namespace

TEST_CASE("a target has replicas and a selector, and can be given others") {
    auto w = world_of(make_deployment("web", 3), make_replica_set("web", 4).counted(2, 1));
    auto const view = w.at(new_year);
    auto const d = kube::find_scale_target(view, "default", to("Deployment"));
    REQUIRE(d);
    CHECK(d->state.desired == 3);
    CHECK(d->state.selector == "app=web");
    CHECK(d->scaled(d->ref->object, 7).as<kube::deployment>().spec.replicas == 7);
    CHECK(kube::find_scale_target(view, "default", to("ReplicaSet"))->state.current == 2);
}

TEST_CASE("what is not there, or not known, says so") {
    auto w = world_of(make_deployment("web", 3));
    w.follow<kube::replication_controller>();
    auto const view = w.at(new_year);
    auto const said = [&](kube::cross_version_object_reference const& r) {
        return kube::find_scale_target(view, "default", r).error().message;
    };
    CHECK(said(to("Deployment", "apps/v1", "nobody")) == "deployments.apps \"nobody\" not found");
    CHECK(said(to("ReplicationController", "v1")) == "replicationcontrollers \"web\" not found");
    CHECK(said(to("Widget", "example.com/v1")) == "no matches for kind \"Widget\" in group \"example.com\"");
}

TEST_CASE("what no cache follows is scaled by what the API has answered about its scale") {
    static constexpr auto widgets = object::resource_name{"example.com", "v1", "Widget", "widgets", "widget"};
    auto const widget = to("Widget", "example.com/v1");
    auto const q = kube::scale_query_of("default", widget);
    auto const scales = kube::scale_answers{
        {q, kube::scale_answer{{.desired = 2, .current = 1, .selector = "app=w"}, &widgets}},
        {kube::scale_query_of("other", widget), fail(error_code::not_found, "gone")}};
    auto w = reconcile::world();
    auto const view = w.at(new_year);
    auto const found = kube::find_scale_target(view, "default", widget, &scales);
    REQUIRE(found);
    CHECK(found->state.desired == 2);
    CHECK(found->state.selector == "app=w");
    auto const step = std::get<reconcile::patch_step>(found->give(5));
    CHECK(step.target.resource == &widgets);
    CHECK(step.target.where == object::key{"default", "web"});
    CHECK(step.subresource == "scale");
    CHECK(step.body == R"({"spec":{"replicas":5}})");
    CHECK(kube::find_scale_target(view, "other", widget, &scales).error().message == "gone");
    CHECK(kube::find_scale_target(view, "third", widget, &scales).error().code == error_code::unavailable);
    CHECK_FALSE(kube::has_cached_scale(widget));
    CHECK_FALSE(kube::has_cached_scale(to("Deployment", "example.com/v1")));
    CHECK(kube::has_cached_scale(to("ReplicationController", "v1")));
}
