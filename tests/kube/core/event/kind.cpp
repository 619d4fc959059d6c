/// \file
/// The table of events.

#include "../../vocabulary.hpp"

#include <berth/kube/core/event/kind.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

auto told() -> kube::event {
    auto e = kube::event{};
    e.metadata.name = "p.1";
    e.involved_object.kind = "Pod";
    e.involved_object.name = "p";
    e.type = "Warning";
    e.reason = "FailedScheduling";
    e.message = " no room\n";
    e.source.component = "default-scheduler";
    e.first_timestamp = object::timestamp(new_year);
    return e;
}
auto cells_of(kube::event const& e) -> std::vector<api::cell> {
    return test::cells_of(kube::event_kind().columns, e, new_year + seconds(100));
}
auto text(api::cell const& c) -> std::string { return std::get<std::string>(c); }

} // namespace

TEST_CASE("an event shows what it is about, who told it, and its message without edges") {
    auto const cells = cells_of(told());
    CHECK(cells.size() == kube::event_kind().columns.size());
    CHECK(text(cells[0]) == "100s");
    CHECK(text(cells[3]) == "pod/p");
    CHECK(text(cells[5]) == "default-scheduler");
    CHECK(text(cells[6]) == "no room");
    CHECK(std::get<std::int64_t>(cells[8]) == 1);
}

TEST_CASE("an event that was told again shows when it was last, and how often") {
    auto e = told();
    e.last_timestamp = object::timestamp(new_year + seconds(90));
    e.count = 4;
    e.source.host = "node-1";
    CHECK(text(cells_of(e)[0]) == "10s");
    CHECK(text(cells_of(e)[5]) == "default-scheduler, node-1");
    CHECK(text(cells_of(e)[7]) == "100s");
    CHECK(std::get<std::int64_t>(cells_of(e)[8]) == 4);
    auto& series = e.series.engage();
    series.count = 9;
    series.last_observed_time = object::micro_timestamp(new_year + seconds(99));
    CHECK(text(cells_of(e)[0]) == "1s");
    CHECK(std::get<std::int64_t>(cells_of(e)[8]) == 9);
}

TEST_CASE("field selectors may ask what an event is about") {
    auto const k = api::kind(kube::event_kind());
    auto const e = told();
    CHECK(k.field_value(&e, "involvedObject.name") == "p");
    CHECK(k.field_value(&e, "source") == "default-scheduler");
    CHECK(k.field_value(&e, "reason") == "FailedScheduling");
}
