/// \file
/// The index finds what a look at every range finds.

#include <berth/core/random.hpp>
#include <berth/store/detail/range_index.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace berth;
using berth::store::key_range;
using berth::store::detail::range_index;

namespace {

/// A range with its number, in the index and in a list beside it.
struct known {
    std::string begin;
    std::string end;
    int number;
    range_index<int>::entry* where;

    [[nodiscard]] auto range() const -> key_range { return {begin, end}; }
};

auto letters(berth::random_engine& draw, std::size_t at_most) -> std::string {
    auto out = std::string{};
    for (auto n = draw.below(at_most) + 1; n > 0; --n) out += static_cast<char>('a' + draw.below(4));
    return out;
}

auto random_range(berth::random_engine& draw) -> std::pair<std::string, std::string> {
    auto begin = letters(draw, 3);
    switch (draw.below(5)) {
    case 0: return {std::move(begin), {}};
    case 1: return {begin, store::prefix_end(begin)};
    case 2: return {std::move(begin), std::string{store::unbounded}};
    default: return {std::move(begin), letters(draw, 3)};
    }
}

auto have_common_key(key_range a, key_range b) -> bool {
    auto const first = std::max(a.begin, b.begin);
    return a.contains(first) && b.contains(first);
}

auto sorted(std::vector<int> v) -> std::vector<int> {
    std::ranges::sort(v);
    return v;
}

auto at_key(range_index<int> const& index, std::string_view key) -> std::vector<int> {
    auto out = std::vector<int>{};
    index.visit_key(key, [&](int n) { out.push_back(n); });
    return sorted(std::move(out));
}

} // namespace

TEST_CASE("an index of ranges finds what a look at every range finds", "[store]") {
    auto draw = berth::random_engine(7);
    auto index = range_index<int>{};
    auto all = std::vector<known>{};
    for (auto round = 0; round < 4'000; ++round) {
        if (all.empty() || draw.below(100) < (round < 2'000 ? 60U : 40U)) {
            auto [begin, end] = random_range(draw);
            auto& entry = index.insert({begin, end}, round);
            all.push_back({std::move(begin), std::move(end), round, &entry});
        } else {
            auto const at = static_cast<std::ptrdiff_t>(draw.below(all.size()));
            auto const gone = std::move(all[static_cast<std::size_t>(at)]);
            all.erase(all.begin() + at);
            REQUIRE(index.erase(*gone.where) == gone.number);
        }
        auto const key = letters(draw, 4);
        auto expected = std::vector<int>{};
        for (auto const& k : all)
            if (k.range().contains(key)) expected.push_back(k.number);
        REQUIRE(at_key(index, key) == sorted(expected));
    }
}

TEST_CASE("an index of ranges finds those that have a key in common with a range", "[store]") {
    auto draw = berth::random_engine(11);
    auto index = range_index<int>{};
    auto all = std::vector<known>{};
    for (auto n = 0; n < 200; ++n) {
        auto [begin, end] = random_range(draw);
        if (!end.empty() && end != store::unbounded && end <= begin) std::swap(begin, end);
        auto& entry = index.insert({begin, end}, n);
        all.push_back({std::move(begin), std::move(end), n, &entry});
    }
    for (auto n = 0; n < 500; ++n) {
        auto [begin, end] = random_range(draw);
        if (!end.empty() && end != store::unbounded && end <= begin) std::swap(begin, end);
        if (begin == end) continue;
        auto found = std::vector<int>{};
        index.visit_range(key_range{begin, end}, [&](int i) { found.push_back(i); });
        auto expected = std::vector<int>{};
        for (auto const& k : all)
            if (k.begin != k.end && have_common_key(k.range(), key_range{begin, end}))
                expected.push_back(k.number);
        std::erase_if(found, [&](int i) {
            return all[static_cast<std::size_t>(i)].begin == all[static_cast<std::size_t>(i)].end;
        });
        REQUIRE(sorted(found) == sorted(expected));
    }
}

TEST_CASE("an index that has been emptied finds nothing", "[store]") {
    auto index = range_index<int>{};
    auto& a = index.insert({"a", "c"}, 1);
    auto& b = index.insert({"a", "c"}, 2);
    auto& c = index.insert({"b", {}}, 3);
    CHECK(at_key(index, "b") == std::vector{1, 2, 3});
    CHECK(index.erase(a) == 1);
    CHECK(at_key(index, "b") == std::vector{2, 3});
    CHECK(index.erase(b) == 2);
    CHECK(index.erase(c) == 3);
    CHECK(at_key(index, "b").empty());
}
