#include <berth/core/random.hpp>
#include <berth/schedule/detail/indexed_heap.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <set>
#include <vector>

namespace {

TEST_CASE("the front is the first of those inside, whoever was taken out") {
    auto draw = berth::random_engine(5);
    auto values = std::vector<std::uint64_t>(40);
    auto const before = [&](std::uint32_t a, std::uint32_t b) { return values[a] < values[b]; };
    auto heap = berth::schedule::detail::indexed_heap();
    auto inside = std::set<std::uint32_t>{};
    for (auto n = 0; n < 5'000; ++n) {
        auto const slot = static_cast<std::uint32_t>(draw.below(40));
        CHECK(heap.contains(slot) == inside.contains(slot));
        if (inside.erase(slot) > 0) {
            heap.erase(slot, before);
        } else {
            values[slot] = draw.below(1'000);
            heap.push(slot, before);
            inside.insert(slot);
        }
        CHECK(heap.empty() == inside.empty());
        if (!inside.empty()) CHECK(values[heap.front()] == values[*std::ranges::min_element(inside, before)]);
    }
}

} // namespace
