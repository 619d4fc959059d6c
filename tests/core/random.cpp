/// \file
/// The seeded generator.

#include <berth/core/random.hpp>

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <random>
#include <set>
#include <string>

using namespace berth;

static_assert(std::uniform_random_bit_generator<berth::random_engine>);

TEST_CASE("the same seed gives the same numbers, other seeds give others") {
    auto a = berth::random_engine(7);
    auto b = berth::random_engine(7);
    auto c = berth::random_engine(8);
    auto same = true;
    auto different = false;
    for (auto i = 0; i < 100; ++i) {
        auto const n = a();
        same = same && n == b();
        different = different || n != c();
    }
    CHECK(same);
    CHECK(different);
}

TEST_CASE("numbers below a limit are below it, and spread over all that are") {
    auto draw = berth::random_engine(1);
    auto seen = std::array<int, 7>();
    for (auto i = 0; i < 7000; ++i) ++seen.at(draw.below(7));
    for (auto const n : seen) CHECK((n > 800 && n < 1200));
    CHECK(draw.below(0) == 0);
    CHECK(draw.below(1) == 0);
    for (auto i = 0; i < 1000; ++i) {
        auto const f = draw.fraction();
        CHECK((f >= 0 && f < 1));
    }
}

TEST_CASE("suffixes have the letters that Kubernetes uses") {
    auto draw = berth::random_engine(3);
    for (auto i = 0; i < 100; ++i) {
        auto const s = draw.suffix(5);
        CHECK(s.size() == 5);
        CHECK(s.find_first_not_of("bcdfghjklmnpqrstvwxz2456789") == std::string::npos);
    }
}

TEST_CASE("a uuid has the form of version 4, and does not come twice") {
    auto draw = berth::random_engine(3);
    auto seen = std::set<std::string>();
    for (auto i = 0; i < 1000; ++i) {
        auto const u = draw.uuid();
        CHECK(u.size() == 36);
        CHECK((u[8] == '-' && u[13] == '-' && u[18] == '-' && u[23] == '-'));
        CHECK(u[14] == '4');
        CHECK(std::string("89ab").find(u[19]) != std::string::npos);
        seen.insert(u);
    }
    CHECK(seen.size() == 1000);
}
