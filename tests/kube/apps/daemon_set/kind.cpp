/// \file
/// How daemon sets behave in the API, and their table.

#include "../../table.hpp"

#include <berth/kube/apps/daemon_set/kind.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

auto generation_of(kube::daemon_set const& d) -> std::string {
    return *d.metadata.annotations.find(kube::template_generation_annotation);
}

} // namespace

TEST_CASE("the table of daemon sets shows nodes with pods") {
    auto d = kube::daemon_set();
    d.metadata.name = "agent";
    d.metadata.creation_timestamp = object::timestamp(new_year);
    d.status.desired_number_scheduled = 5;
    d.status.current_number_scheduled = 4;
    d.status.number_ready = 3;
    d.status.updated_number_scheduled = 2;
    d.status.number_available = 1;
    d.spec.template_.spec.node_selector["disk"] = "ssd";
    d.spec.selector.engage().match_labels["app"] = "a";
    CHECK(cells_of(kube::daemon_set_kind(), d) ==
          std::vector<std::string>{"agent", "5", "4", "3", "2", "1", "disk=ssd", "100s", "", "", "app=a"});
}

TEST_CASE("the system counts how often the template of a daemon set changed") {
    auto const k = kube::daemon_set_kind();
    auto before = kube::daemon_set();
    k.prepare_create(before);
    CHECK(generation_of(before) == "1");
    auto now = before;
    now.metadata.annotations[std::string(kube::template_generation_annotation)] = "7";
    k.prepare_update(now, before);
    CHECK(generation_of(now) == "1");
    now.spec.template_.metadata.labels["app"] = "b";
    k.prepare_update(now, before);
    CHECK(generation_of(now) == "2");
}
