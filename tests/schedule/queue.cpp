#include "harbour.hpp"

#include <berth/schedule/queue.hpp>

#include <algorithm>
#include <utility>

namespace {

using namespace berth::schedule;
using harbour::task;

TEST_CASE("every task is admitted unless the profile says otherwise") {
    constexpr auto gated =
        profile{.enqueue = [](task const& t) { return t.zone < 0 ? reject("gated") : accept; }};
    CHECK_TWICE(admit(task{.zone = -1}, profile{}).accepted());
    CHECK_TWICE(admit(task{.zone = -1}, gated) == reject("gated"));
    CHECK_TWICE(admit(task{.zone = 1}, gated).accepted());
}

TEST_CASE("tasks come in the profile's order, equals as they came") {
    auto const biggest_first = profile{.order = [](task const& a, task const& b) { return a.cpu > b.cpu; }};
    auto const tasks = std::vector<task>{{1}, {5}, {3}, {5}, {1}};
    CHECK(ordered(tasks, profile{}) == std::vector<std::size_t>{0, 1, 2, 3, 4});
    CHECK(ordered(tasks, biggest_first) == std::vector<std::size_t>{1, 3, 2, 0, 4});
    CHECK(ordered(std::vector<task>{}, biggest_first).empty());
}

TEST_CASE("the order agrees with a stable sort on queues of any length") {
    auto const by_cpu = profile{.order = [](task const& a, task const& b) { return a.cpu < b.cpu; }};
    auto draw = berth::random_engine(11);
    for (auto length = 0U; length < 70; ++length) {
        auto tasks = std::vector<task>{};
        auto expected = std::vector<std::size_t>{};
        for (auto i = 0U; i < length; ++i) {
            tasks.push_back({static_cast<int>(draw.below(10))});
            expected.push_back(i);
        }
        std::ranges::sort(expected, {}, [&](std::size_t i) { return std::pair(tasks[i].cpu, i); });
        CHECK(ordered(tasks, by_cpu) == expected);
    }
}

} // namespace
