/// \file
/// The two versions of events say the same.

#include "../../vocabulary.hpp"

#include <berth/kube/events/event_v1/conversion.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("an event is the same in both versions, under other names") {
    auto e = kube::event_v1();
    e.metadata.name = "e";
    e.regarding.kind = "Pod";
    e.related.engage().name = "n";
    e.note = "n";
    e.reporting_controller = "c";
    e.deprecated_count = 3;
    e.deprecated_source.host = "h";
    e.deprecated_last_timestamp = object::timestamp(new_year);
    e.series.engage().count = 2;
    auto const core = kube::to_core(e);
    CHECK(core.involved_object.kind == "Pod");
    CHECK(core.message == "n");
    CHECK(core.reporting_component == "c");
    CHECK(core.count == 3);
    CHECK(kube::to_events(core) == e);
}
