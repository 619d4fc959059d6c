/// \file
/// Places for those who wait. (`tests/api/http/listener.cpp` has requests that wait.)

#include <berth/api/http/wait.hpp>

#include <catch2/catch_test_macros.hpp>

#include <optional>

using namespace berth;
namespace http = api::http;

TEST_CASE("a place is held as long as it lives, and there are as many as there may be") {
    auto room = http::detail::stand_ins(1, [] {});
    auto q = http::request{};
    q.waiting = &room;
    auto first = std::optional(http::wait_place::take(q));
    REQUIRE(*first);
    auto moved = *std::move(*first);
    first.reset();
    auto const refused = http::wait_place::take(q);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == error_code::too_many_requests);
    CHECK(refused.error().details.retry_after_seconds == 1);
    { auto const gone = std::move(moved); }
    CHECK(http::wait_place::take(q));
}

TEST_CASE("where no listener took the request, nobody counts") {
    auto const q = http::request{};
    auto const first = http::wait_place::take(q);
    CHECK(first);
    CHECK(http::wait_place::take(q));
}
