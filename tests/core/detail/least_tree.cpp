#include <berth/core/detail/least_tree.hpp>
#include <berth/core/random.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <set>
#include <vector>

namespace {

using tree = berth::detail::least_tree<2>;

/// Two trees over the same slots beside sets that are ordered the same way.
struct forest {
    std::vector<std::uint64_t> keys = std::vector<std::uint64_t>(64);
    std::vector<tree::measures> sizes = std::vector<tree::measures>(64);
    tree at_work{};
    tree::slot roots[2] = {tree::none, tree::none};
    std::set<tree::slot> inside[2]{};

    [[nodiscard]] auto in_order() const {
        return [this](tree::slot a, tree::slot b) { return keys[a] != keys[b] ? keys[a] < keys[b] : a < b; };
    }
    [[nodiscard]] auto sorted(int which) const -> std::vector<tree::slot> {
        auto out = std::vector<tree::slot>(inside[which].begin(), inside[which].end());
        std::ranges::sort(out, in_order());
        return out;
    }
    auto change(berth::random_engine& draw) -> void {
        auto const s = static_cast<tree::slot>(draw.below(64));
        auto const which = s % 2 == 0 ? 0 : 1;
        auto const size = tree::measures{static_cast<std::int64_t>(draw.below(20)),
                                         static_cast<std::int64_t>(draw.below(20))};
        if (!inside[which].contains(s)) {
            keys[s] = draw.below(30);
            sizes[s] = size;
            at_work.insert(roots[which], s, size, in_order());
            inside[which].insert(s);
        } else if (draw.below(2) == 0) {
            at_work.erase(roots[which], s);
            inside[which].erase(s);
        } else {
            sizes[s] = size;
            at_work.update(s, size);
        }
    }
    /// Whether all answers about a tree are those of its sorted list.
    [[nodiscard]] auto agrees(int which, tree::measures limit) const -> bool {
        auto const fits = [&](tree::measures const& m) { return m[0] <= limit[0] && m[1] <= limit[1]; };
        auto expected = tree::none;
        auto least = tree::nothing();
        auto later = tree::none;
        for (auto const s : sorted(which)) {
            if (expected == tree::none && fits(sizes[s]) && s % 3 != 0) expected = s;
            if (later == tree::none && keys[s] >= 15) later = s;
            least = tree::least_of(least, sizes[s]);
            if (at_work.measures_of(s) != sizes[s]) return false;
        }
        auto const found = at_work.first(roots[which], fits, [](tree::slot s) { return s % 3 != 0; });
        auto const behind = at_work.first_after(roots[which], [&](tree::slot s) { return keys[s] < 15; });
        return found == expected && behind == later && at_work.least(roots[which]) == least;
    }
};

TEST_CASE("the first in order that is small enough is that of the sorted list, after any changes") {
    auto draw = berth::random_engine(3);
    auto f = forest{};
    for (auto n = 0; n < 20'000; ++n) {
        f.change(draw);
        auto const limit = tree::measures{static_cast<std::int64_t>(draw.below(20)),
                                          static_cast<std::int64_t>(draw.below(20))};
        REQUIRE(f.agrees(n % 2, limit));
    }
    for (tree::slot s = 0; s < 64; ++s) CHECK(f.at_work.contains(s) == f.inside[s % 2].contains(s));
}

TEST_CASE("only branches that have something small enough are looked at") {
    auto t = tree();
    auto root = tree::none;
    auto const ascending = [](tree::slot a, tree::slot b) { return a < b; };
    auto const count = tree::slot{1 << 14};
    for (tree::slot s = 0; s < count; ++s) t.insert(root, s, {s == count - 7 ? 1 : 9, 0}, ascending);
    auto looked = 0;
    auto const found =
        t.first(root, [&](auto const& m) { return ++looked, m[0] <= 1; }, [](tree::slot) { return true; });
    CHECK(found == count - 7);
    CHECK(looked < 200); // of 16,384
}

} // namespace
