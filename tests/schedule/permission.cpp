#include "harbour.hpp"

#include <berth/schedule/permission.hpp>

namespace {

using namespace berth::schedule;

TEST_CASE("a verdict is a permission") {
    CHECK_TWICE(permission(accept).permits());
    CHECK_TWICE(!permission(reject("no")).permits());
    CHECK_TWICE(!permission(reject("no")).waits());
    CHECK(permission(reject("no")).why() == "no");
}

TEST_CASE("a permission may be waited for, at most for a while") {
    auto const p = wait_for(berth::seconds(7), "three more");
    CHECK(p.waits());
    CHECK(!p.permits());
    CHECK(p.limit() == berth::seconds(7));
    CHECK(p.why() == "three more");
}

} // namespace
