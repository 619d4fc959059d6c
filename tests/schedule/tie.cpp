#include "harbour.hpp"

#include <berth/schedule/tie.hpp>

#include <array>

namespace {

using namespace berth::schedule;
using harbour::fits, harbour::host, harbour::task;

TEST_CASE("the lowest index is taken by default") {
    constexpr host hosts[] = {{.cpu_free = 0}, {}, {}, {}};
    constexpr auto any = profile{.filter = fits};
    CHECK_TWICE(place(task{}, hosts, any)->node == 1);
    CHECK_TWICE(place(task{}, hosts, any)->ties == 3);
}

TEST_CASE("a seeded tie draws each of the equals about as often, and the same again for the same seed") {
    auto const hosts = std::vector<host>(4);
    auto const fair = profile{.filter = fits, .tie = seeded_tie{.seed = 7}};
    auto const draw = [&] {
        auto work = workspace{};
        auto nodes = std::vector<std::size_t>{};
        for (auto i = 0; i < 4000; ++i) nodes.push_back(place(task{}, hosts, fair, work)->node);
        return nodes;
    };
    auto const nodes = draw();
    auto counts = std::array<int, 4>{};
    for (auto const node : nodes) ++counts[node];
    for (auto const count : counts) CHECK((count > 850 && count < 1150));
    CHECK(nodes == draw());
}

TEST_CASE("a tie policy is asked only about the best") {
    auto const last = [](std::span<std::size_t const> equals, std::uint64_t) { return equals.back(); };
    auto const policy = profile{.filter = fits, .score = harbour::roomy, .tie = last};
    auto const hosts = std::vector<host>{{.cpu_free = 3}, {.cpu_free = 9}, {.cpu_free = 9}, {.cpu_free = 4}};
    CHECK(place(task{}, hosts, policy)->node == 2);
}

/// The one of the lowest zone.
struct lowest_zone {
    using node = host;

    auto operator()(std::span<std::size_t const> equals, std::uint64_t, std::span<host const> all) const
        -> std::size_t {
        auto best = equals.front();
        for (auto const i : equals)
            if (all[i].zone < all[best].zone) best = i;
        return best;
    }
};

TEST_CASE("a tie policy may look at the nodes") {
    auto const policy = profile{.filter = fits, .score = harbour::roomy, .tie = lowest_zone{}};
    auto const hosts =
        std::vector<host>{{.cpu_free = 3}, {.cpu_free = 9, .zone = 4}, {.cpu_free = 9, .zone = 2}};
    CHECK(place(task{}, hosts, policy)->node == 2);
}

} // namespace
