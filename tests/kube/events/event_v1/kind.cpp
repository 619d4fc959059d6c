/// \file
/// How events behave in the API in their newer version.

#include "../../table.hpp"

#include <berth/kube/core/event/kind.hpp>
#include <berth/kube/events/event_v1/kind.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("both versions of an event are one stored object with one table") {
    auto const k = kube::event_v1_kind();
    CHECK(&api::kind(k).kept_as() == &kube::event::resource);
    CHECK(headers_of(k) == headers_of(kube::event_kind()));
    auto e = kube::event_v1();
    e.metadata.name = "e";
    e.reason = "Pulled";
    e.regarding.kind = "Pod";
    e.regarding.name = "p";
    CHECK(cells_of(k, e)[2] == "Pulled");
    CHECK(cells_of(k, e)[3] == "pod/p");
}
