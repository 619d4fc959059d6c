/// \file
/// Normalisations in whole numbers.

#include "../placing.hpp"

#include <berth/kube/schedule/plugins/normalize.hpp>

using namespace test;
namespace plugins = kube::plugins;

TEST_CASE("the greatest becomes 100, the rest in proportion, rounded down") {
    auto column = points{1, 3, 0};
    plugins::by_greatest{}(column);
    CHECK(column == points{33, 100, 0});
    auto zeros = points{0, 0};
    plugins::by_greatest{}(zeros);
    CHECK(zeros == points{0, 0});
}

TEST_CASE("of costs, the greatest becomes 0 and none 100") {
    auto column = points{1, 3, 0};
    plugins::by_greatest_cost{}(column);
    CHECK(column == points{67, 0, 100});
    auto zeros = points{0, 0};
    plugins::by_greatest_cost{}(zeros);
    CHECK(zeros == points{100, 100});
    auto none = points{};
    plugins::by_greatest_cost{}(none);
    CHECK(none.empty());
}
