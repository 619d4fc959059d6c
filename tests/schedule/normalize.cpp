#include "harbour.hpp"

#include <berth/schedule/normalize.hpp>

#include <array>

namespace {

using namespace berth::schedule;

template <std::size_t N> constexpr auto after(auto normalize, std::array<points, N> column) {
    normalize(std::span<points>(column));
    return column;
}
using three = std::array<points, 3>;

TEST_CASE("min-max spreads a column over its range") {
    CHECK_TWICE(after(min_max{}, three{2, 4, 10}) == three{0, 25, 100});
    CHECK_TWICE(after(min_max{.low = -1, .high = 1}, three{0, 5, 10}) == three{-1, 0, 1});
    CHECK_TWICE(after(min_max{}, three{7, 7, 7}) == three{0, 0, 0});
}

TEST_CASE("by greatest keeps zero and scales the rest") {
    CHECK_TWICE(after(by_greatest{}, three{0, 5, 10}) == three{0, 50, 100});
    CHECK_TWICE(after(by_greatest{}, three{0, 0, 0}) == three{0, 0, 0});
}

TEST_CASE("by greatest cost turns costs into points") {
    CHECK_TWICE(after(by_greatest_cost{}, three{0, 5, 10}) == three{100, 50, 0});
    CHECK_TWICE(after(by_greatest_cost{}, three{0, 0, 0}) == three{100, 100, 100});
}

TEST_CASE("an empty column stays empty") {
    min_max{}({});
    by_greatest{}({});
    by_greatest_cost{}({});
    SUCCEED();
}

} // namespace
