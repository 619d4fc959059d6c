/// \file
/// How deployments behave in the API, and their table.

#include "../../table.hpp"

#include <berth/kube/apps/deployment/kind.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

using words = std::vector<std::string>;

} // namespace

TEST_CASE("the table of deployments shows how far they are") {
    auto d = make_deployment("web", 3);
    d.with([](kube::deployment& o) {
        o.status.ready_replicas = 1;
        o.status.updated_replicas = 2;
        o.status.available_replicas = 1;
    });
    CHECK(headers_of(kube::deployment_kind()) ==
          words{"Name", "Ready", "Up-to-date", "Available", "Age", "Containers", "Images", "Selector"});
    CHECK(cells_of(kube::deployment_kind(), d.done()) ==
          words{"web", "1/3", "2", "1", "100s", "main", "app:v1", "app=web"});
}

TEST_CASE("a deployment has a scale, and a write of its status leaves its labels") {
    auto const k = kube::deployment_kind();
    auto d = make_deployment("web", 3).done();
    d.status.replicas = 2;
    auto const erased = api::kind(k);
    auto const* const of = erased.find<api::projection>("scale");
    REQUIRE(of != nullptr);
    auto s = of->read(&d)->as<api::scale>();
    CHECK(s.spec.replicas == 3);
    CHECK(s.status.replicas == 2);
    CHECK(s.status.selector == "app=web");
    s.spec.replicas = 5;
    auto errors = api::field_errors();
    of->write(&d, &s, errors);
    CHECK(d.spec.replicas == 5);
    auto now = d;
    now.metadata.labels["a"] = "b";
    k.prepare_status(now, d);
    CHECK(now.metadata.labels.empty());
}
