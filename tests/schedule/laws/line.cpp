#include <berth/schedule/fair_order.hpp>
#include <berth/schedule/laws/line.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace berth::schedule;
using berth::amounts;

struct job {
    berth::queue_id queue{};
    std::int64_t cpu = 1;
};

TEST_CASE("the fair order obeys the laws of a line, with quotas, and with tasks that no quota meets") {
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
        auto draw = berth::random_engine(seed);
        auto line = fair_line<1>({20});
        auto jobs = std::vector<job>{};
        for (auto const* path : {"a/x", "a/y", "b"}) {
            auto const queue = line.open(path, {.guaranteed = {2}, .limit = {8}, .lends = seed % 2 == 0});
            for (auto n = 0; n < 6; ++n) jobs.push_back({queue, static_cast<std::int64_t>(draw.below(10))});
        }
        line.charge(jobs[0].queue, {3});
        auto const order = fair_order(
            line, [](job const& j) { return j.queue; }, [](job const& j) { return amounts<1>{j.cpu}; },
            [](job const& a, job const& b) { return a.cpu > b.cpu; });
        laws::line(order, jobs, seed, 500, [](std::string_view law, bool held, std::string const& where) {
            INFO(std::string(law) + ": " + where);
            CHECK(held);
        });
    }
}

/// An order that gives out somebody whom it has given out before.
struct forgetful {
    std::vector<std::uint32_t>* seen;

    auto operator()(job const&, job const&) const -> bool { return false; }
    template <class Before> auto enter(std::uint32_t slot, job const&, Before) const -> void {
        seen->push_back(slot);
    }
    auto leave(std::uint32_t) const -> void {}
    [[nodiscard]] auto take() const -> std::optional<std::uint32_t> { return seen->front(); }
    [[nodiscard]] auto ready() const -> bool { return false; }
    auto pass(job const&) const -> void {}
};

TEST_CASE("the laws of a line find an order that invents") {
    auto seen = std::vector<std::uint32_t>{0};
    auto broken = 0;
    laws::line(forgetful{&seen}, std::vector<job>(3), 1, 100,
               [&](std::string_view, bool held, std::string const&) { broken += held ? 0 : 1; });
    CHECK(broken == 2);
}

} // namespace
