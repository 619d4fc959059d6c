#include <berth/schedule/track.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <array>
#include <cstdint>

namespace {

namespace schedule = berth::schedule;

TEST_CASE("stale nodes are some, and all where they are many") {
    auto stale = schedule::stale_nodes();
    stale.reset(160);
    CHECK(stale.empty());
    stale.node(3);
    stale.node(5);
    CHECK(!stale.empty());
    CHECK(!stale.are_all());
    CHECK(std::ranges::equal(stale.some(), std::array<std::uint32_t, 2>{3, 5}));
    for (std::size_t i = 0; i < 160; ++i) stale.node(i);
    CHECK(stale.are_all());
    CHECK(stale.some().empty());
    stale.reset(160);
    CHECK(stale.empty());
    stale.all();
    CHECK(stale.are_all());
}

struct host {
    int rack = 0;
    int jobs = 0;
    int free = 0;
};

TEST_CASE("a leaf need not be asked again where entering a node changes nothing that it surveys") {
    using books = schedule::reads<&host::jobs, &host::free>;
    using schedule::detail::surveys_touched;
    CHECK(surveys_touched<books, schedule::surveys<&host::rack, &host::jobs>>);
    CHECK(!surveys_touched<books, schedule::surveys<&host::rack>>);
    CHECK(!surveys_touched<books, schedule::surveys<>>);
    CHECK(surveys_touched<schedule::detail::undeclared, schedule::surveys<&host::rack>>);
    CHECK(surveys_touched<books, schedule::detail::undeclared>);
}

} // namespace
