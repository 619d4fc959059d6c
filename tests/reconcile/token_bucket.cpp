/// \file
/// The bucket of tokens, against the law of its rate.

#include <berth/core/random.hpp>
#include <berth/reconcile/token_bucket.hpp>

#include <catch2/catch_test_macros.hpp>

#include <vector>

using namespace berth;
using reconcile::token_bucket;

namespace {

constexpr auto start = time_point::from_unix_seconds(1'000'000);

} // namespace

TEST_CASE("a full bucket gives its burst at once, and then one token at a time") {
    auto b = token_bucket({.per_second = 10, .burst = 3});
    for (auto n = 0; n < 3; ++n) CHECK(b.reserve(start) == duration{});
    CHECK(b.reserve(start) == milliseconds(100));
    CHECK(b.reserve(start) == milliseconds(200));
    CHECK(b.reserve(start + milliseconds(200)) == milliseconds(100));
}

TEST_CASE("client-go's rate is the usual one") {
    auto b = token_bucket();
    for (auto n = 0; n < 100; ++n) REQUIRE(b.reserve(start) == duration{});
    CHECK(b.reserve(start) == milliseconds(100));
}

TEST_CASE("a quiet time fills the bucket, and no more than that") {
    auto b = token_bucket({.per_second = 10, .burst = 2});
    for (auto n = 0; n < 5; ++n) (void)b.reserve(start);
    auto const later = start + seconds(3600);
    CHECK(b.reserve(later) == duration{});
    CHECK(b.reserve(later) == duration{});
    CHECK(b.reserve(later) == milliseconds(100));
}

TEST_CASE("a clock that is set back changes nothing but the time") {
    auto b = token_bucket({.per_second = 10, .burst = 2});
    for (auto n = 0; n < 3; ++n) (void)b.reserve(start);
    CHECK(b.reserve(start - seconds(1000)) == milliseconds(200));
    CHECK(b.reserve(start - seconds(1000) + milliseconds(300)) == duration{});
}

TEST_CASE("in no span of time more tokens come due than the rate allows, and none later than it must") {
    for (auto seed = std::uint64_t{1}; seed <= 50; ++seed) {
        INFO("seed " << seed);
        auto draw = berth::random_engine(seed);
        auto const burst = static_cast<std::int64_t>(1 + draw.below(5));
        auto const each = milliseconds(static_cast<std::int64_t>(10 * (1 + draw.below(10))));
        auto b = token_bucket({.per_second = 1e9 / static_cast<double>(each.nanoseconds), .burst = burst});
        auto now = start;
        auto due = std::vector<time_point>();
        for (auto n = 0; n < 200; ++n) {
            now = now + milliseconds(static_cast<std::int64_t>(draw.below(120)));
            due.push_back(now + b.reserve(now));
            if (n > 0) REQUIRE(due[due.size() - 2] <= due.back());
            // It waits only where an earlier one would be one too many in some span that ends there.
            if (due.back() > now) {
                auto tight = false;
                for (std::size_t i = 0; i + 1 < due.size(); ++i) {
                    auto const in_span = static_cast<std::int64_t>(due.size() - i);
                    auto const allowed = due[i] + each * (in_span - burst);
                    tight = tight || due.back() - allowed <= nanoseconds(1000);
                }
                REQUIRE(tight);
            }
        }
        for (std::size_t i = 0; i < due.size(); ++i)
            for (auto j = i; j < due.size(); ++j) {
                auto const count = static_cast<std::int64_t>(j - i + 1);
                auto const span = due[j] - due[i];
                REQUIRE((count - burst) * each.nanoseconds <= span.nanoseconds + 1000);
            }
    }
}
