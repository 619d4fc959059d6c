/// \file
/// How replication controllers behave in the API, and their table.

#include "../../table.hpp"

#include <berth/kube/core/replication_controller/kind.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("the table of replication controllers shows wanted, present and ready pods") {
    auto c = kube::replication_controller();
    c.metadata.name = "web";
    c.metadata.creation_timestamp = object::timestamp(new_year);
    c.spec.replicas = 3;
    c.status.replicas = 2;
    c.status.ready_replicas = 1;
    c.spec.selector["app"] = "a";
    auto const k = kube::replication_controller_kind();
    CHECK(headers_of(k) == std::vector<std::string>{"Name", "Desired", "Current", "Ready", "Age",
                                                    "Containers", "Images", "Selector"});
    CHECK(cells_of(k, c) == std::vector<std::string>{"web", "3", "2", "1", "100s", "", "", "app=a"});
}

TEST_CASE("a replication controller is scaled, and found by the number of its pods") {
    auto const k = api::kind(kube::replication_controller_kind());
    auto c = kube::replication_controller();
    c.spec.selector["app"] = "a";
    c.spec.selector["tier"] = "b";
    auto const* const scale = k.find<api::projection>("scale");
    REQUIRE(scale != nullptr);
    auto wanted = api::scale();
    wanted.spec.replicas = 4;
    auto errors = api::field_errors();
    scale->write(&c, &wanted, errors);
    CHECK(c.spec.replicas == 4);
    auto const shown = scale->read(&c);
    CHECK(shown->as<api::scale>().status.selector == "app=a,tier=b");
    CHECK(k.field_value(&c, "status.replicas") == "0");
}
