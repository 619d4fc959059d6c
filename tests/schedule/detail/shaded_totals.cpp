#include <berth/core/random.hpp>
#include <berth/schedule/detail/shaded_totals.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

namespace {

using berth::schedule::points;
using berth::schedule::detail::best_total;
using berth::schedule::detail::shaded_totals;

/// The same by looking at all.
struct row {
    struct node {
        points base;
        std::uint64_t key;
    };
    std::vector<std::optional<node>> nodes;
    std::map<std::uint64_t, points> worth;

    [[nodiscard]] auto total(std::size_t i) const -> std::optional<points> {
        if (!nodes[i]) return std::nullopt;
        return nodes[i]->base + worth.at(nodes[i]->key);
    }
    [[nodiscard]] auto leaders() const -> std::vector<std::size_t> {
        auto out = std::vector<std::size_t>();
        auto best = std::optional<points>();
        for (std::size_t i = 0; i < nodes.size(); ++i) {
            auto const mine = total(i);
            if (!mine || (best && *mine < *best)) continue;
            if (mine != best) out.clear();
            best = mine;
            out.push_back(i);
        }
        return out;
    }
};

auto expect_equal(shaded_totals const& ours, row const& all) -> void {
    auto const leaders = all.leaders();
    auto const best = ours.best();
    REQUIRE(best.ties == leaders.size());
    if (leaders.empty()) return;
    REQUIRE(best.first == leaders.front());
    REQUIRE(best.total == all.total(leaders.front()));
    for (std::size_t n = 0; n < leaders.size(); n += 1 + n / 3) REQUIRE(ours.nth(n) == leaders[n]);
    auto listed = std::vector<std::size_t>();
    ours.list(listed);
    REQUIRE(listed == leaders);
}

TEST_CASE("shaded totals find the best as who looks at all nodes") {
    for (auto const size : {1U, 16U, 65U, 300U, 1500U}) {
        for (auto const keys : {1U, 2U, 9U, 200U}) {
            auto draw = berth::random_engine(size * 1000 + keys);
            auto ours = shaded_totals();
            auto all = row{std::vector<std::optional<row::node>>(size), {}};
            for (std::uint64_t k = 0; k < keys; ++k) all.worth[k] = static_cast<points>(draw.below(5));
            auto const shade_of = [&](std::uint64_t key) {
                return ours.shade_for(key, [&] { return all.worth[key]; }).value();
            };
            auto const some = [&] { return row::node{static_cast<points>(draw.below(4)), draw.below(keys)}; };
            ours.begin(size);
            for (std::size_t i = 0; i < size; ++i) {
                if (draw.below(3) == 0) continue;
                all.nodes[i] = some();
                ours.bases()[i] = all.nodes[i]->base;
                ours.paint(i, shade_of(all.nodes[i]->key));
            }
            ours.build();
            expect_equal(ours, all);
            for (auto n = 0; n < 400; ++n) {
                auto const i = draw.below(size);
                if (draw.below(4) == 0) {
                    all.nodes[i].reset();
                    ours.remove(i);
                } else {
                    all.nodes[i] = some();
                    ours.set(i, all.nodes[i]->base, shade_of(all.nodes[i]->key));
                }
                if (draw.below(8) == 0) {
                    all.worth[draw.below(keys)] = static_cast<points>(draw.below(9));
                    ours.weigh([&](std::uint64_t key) { return all.worth[key]; });
                }
                expect_equal(ours, all);
            }
        }
    }
}

TEST_CASE("shaded totals have room for so many shades, and for others when nobody has one any more") {
    auto ours = shaded_totals();
    auto const worth = [] { return points{0}; };
    auto const most = shaded_totals::most_shades;
    ours.begin(most);
    for (std::size_t i = 0; i < most; ++i) {
        ours.bases()[i] = static_cast<points>(i);
        ours.paint(i, ours.shade_for(i, worth).value());
    }
    CHECK_FALSE(ours.shade_for(most, worth));
    ours.build();
    CHECK_FALSE(ours.shade_for(most, worth));
    CHECK(ours.shade_for(7, worth) == shaded_totals::shade{7});
    ours.remove(7);
    CHECK(ours.shade_for(most, worth) == shaded_totals::shade{7});
    CHECK(ours.best() == best_total{static_cast<points>(most - 1), 1, static_cast<std::uint32_t>(most - 1)});
    CHECK(ours.shades() == most);
}

TEST_CASE("shaded totals of no nodes have no best") {
    auto ours = shaded_totals();
    ours.begin(0);
    ours.build();
    CHECK(ours.best() == best_total());
}

} // namespace
