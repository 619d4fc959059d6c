/// \file
/// Which events are refused in their newer version.

#include "../../complaints.hpp"

#include <berth/kube/events/event_v1/validation.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

auto sound() -> kube::event_v1 {
    auto e = named<kube::event_v1>();
    e.regarding.namespace_ = "t";
    e.event_time = object::micro_timestamp(time_point::from_unix_seconds(1));
    e.reporting_controller = "example.com/c";
    e.reporting_instance = "i";
    e.action = "a";
    e.reason = "r";
    e.type = "Normal";
    return e;
}

} // namespace

TEST_CASE("an event of the newer version has none of the marks of the older one") {
    CHECK(complaints(sound()).empty());
    auto e = sound();
    e.type = "Bad";
    e.deprecated_count = 1;
    e.deprecated_source.host = "h";
    e.series.engage().count = 1;
    CHECK(complaints(e) == lines{"series.count: Invalid value: \"\": should be at least 2",
                                 "series.lastObservedTime: Required value",
                                 "type: Invalid value: \"\": has invalid value: Bad",
                                 "count: Invalid value: \"\": needs to be unset",
                                 "source: Invalid value: \"\": needs to be unset"});
}

TEST_CASE("only the series of an event changes") {
    auto now = sound();
    now.series.engage() = {2, now.event_time, {}};
    CHECK(complaints(now, sound()).empty());
    now.note = "other";
    now.type = "Warning";
    CHECK(complaints(now, sound()) == lines{"message: Invalid value: \"other\": field is immutable",
                                            "type: Invalid value: \"Warning\": field is immutable"});
}
