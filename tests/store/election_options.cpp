/// \file
/// What a candidature must say.

#include <berth/store/election_options.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace berth;

namespace {

auto sound() -> store::election_options<> { return {.key = "/leader", .identity = "a"}; }

auto problem(store::election_options<> const& o) -> std::string {
    auto const ok = store::check(o);
    return ok ? std::string() : ok.error().message;
}

} // namespace

TEST_CASE("the times that all of Kubernetes uses are sound") { CHECK(problem(sound()).empty()); }

TEST_CASE("a candidate has a key and an identity") {
    auto o = sound();
    o.key.clear();
    CHECK(problem(o) == "election: the key must not be empty");
    o = sound();
    o.identity.clear();
    CHECK(problem(o) == "election: the identity must not be empty");
}

TEST_CASE("a leader gives up before its lease ends, after more than one attempt") {
    auto o = sound();
    o.lease = o.renew_deadline;
    CHECK(problem(o) == "election: the lease must be longer than the renew deadline");
    o = sound();
    o.retry_period = seconds(9);
    CHECK(problem(o) == "election: the renew deadline must be longer than 1.2 times the retry period");
    o.retry_period = {};
    CHECK(problem(o) == "election: the retry period must be greater than 0");
}

TEST_CASE("seconds are rounded up") {
    STATIC_REQUIRE(store::whole_seconds(nanoseconds(1)) == 1);
    STATIC_REQUIRE(store::whole_seconds(seconds(2)) == 2);
    STATIC_REQUIRE(store::whole_seconds(duration{}) == 0);
}
