#include "harbour.hpp"

#include <berth/schedule/feasible.hpp>

#include <range/v3/range/conversion.hpp>
#include <range/v3/view/take.hpp>
#include <range/v3/view/transform.hpp>

namespace {

using namespace berth::schedule;
using harbour::batch, harbour::host, harbour::task;
using indices = std::vector<std::size_t>;

auto const hosts =
    std::vector<host>{{.cpu_free = 4}, {.cpu_free = 0}, {.is_cordoned = true}, {.zone = 1}, {}, {}};

TEST_CASE("the nodes that will do are a view of their indices") {
    CHECK((feasible(task{}, hosts, batch) | ranges::to<indices>()) == indices{0, 3, 4, 5});
    CHECK((feasible(task{.cpu = 99}, hosts, batch) | ranges::to<indices>()).empty());
    auto zones = feasible(task{}, hosts, batch) |
                 ranges::views::transform([](std::size_t i) { return hosts[i].zone; });
    CHECK((zones | ranges::to<std::vector>()) == std::vector{0, 1, 0, 0});
}

TEST_CASE("nodes are asked when the view comes to them, and not before") {
    auto asked = 0;
    auto const counting = profile{.filter = filter<"counting">([&](task const&, host const& h) {
                                      ++asked;
                                      return h.is_cordoned ? reject("cordoned") : accept;
                                  })};
    auto const many = std::vector<host>(1'000);
    auto found = feasible(task{}, many, counting) | ranges::views::take(2);
    CHECK(asked == 0);
    CHECK((found | ranges::to<indices>()) == indices{0, 1});
    CHECK(asked < 10);
}

struct above_mean {
    static constexpr std::string_view name = "above mean";
    auto prepare(task const&, std::span<host const> all) const -> std::vector<int> {
        auto sum = 0;
        for (auto const& h : all) sum += h.cpu_free;
        return {sum / static_cast<int>(all.size())};
    }
    auto operator()(task const&, host const& h, std::vector<int> const& mean) const -> verdict {
        return h.cpu_free > mean[0] ? accept : reject("below");
    }
};

TEST_CASE("the view keeps what the filter and the profile have prepared") {
    auto const shared_too = filter<"shared">([](task const&, host const& h, int most) {
        return h.cpu_free <= most ? accept : reject("too much");
    });
    auto view = [&] {
        auto const policy = profile{.prepare = [](task const&, std::span<host const>) { return 4; },
                                    .filter = filter(above_mean{}) and shared_too};
        return feasible(task{}, hosts, policy);
    }();
    auto const copy = view;
    CHECK((view | ranges::to<indices>()) == indices{0, 2, 3, 4, 5});
    auto again = copy;
    CHECK((again | ranges::to<indices>()) == indices{0, 2, 3, 4, 5});
}

TEST_CASE("the first of the view is where a profile without preferences places") {
    for (auto const& t : harbour::tasks()) {
        auto const all = harbour::hosts();
        auto const chosen = place(t, all, profile{.filter = batch.filter});
        auto found = feasible(t, all, batch) | ranges::views::take(1) | ranges::to<indices>();
        CHECK(chosen.has_value() == !found.empty());
        if (chosen) CHECK(found == indices{chosen->node});
    }
}

} // namespace
