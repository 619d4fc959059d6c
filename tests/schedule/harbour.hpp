#pragma once

/// \file
/// A small harbour for the tests of the schedule area: tasks, hosts, leaves, and the laws' reporter.

#include <berth/schedule.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace harbour {
/// How often this program has allocated (see `place.cpp`).
auto allocations() -> std::size_t;
} // namespace harbour

/// Checks an expression at compile time and at run time.
#define CHECK_TWICE(...)                                                                                     \
    static_assert(__VA_ARGS__);                                                                              \
    CHECK((__VA_ARGS__))

namespace harbour {

namespace schedule = berth::schedule;

struct task {
    int cpu = 1;
    int zone = 0;
};

struct host {
    int cpu_free = 4;
    int zone = 0;
    bool is_cordoned = false;
    int tainted = 0;

    friend constexpr auto operator==(host const&, host const&) -> bool = default;
};

inline constexpr auto fits = schedule::filter<"fits">([](task const& t, host const& h) {
    return t.cpu <= h.cpu_free ? schedule::accept : schedule::reject("not enough cpu");
});
inline constexpr auto tolerates = schedule::filter<"tolerates">([](task const&, host const& h) {
    return h.tainted == 0 ? schedule::accept : schedule::rule_out("tainted");
});
inline constexpr auto cordoned = schedule::filter<"cordoned">([](task const&, host const& h) {
    return h.is_cordoned ? schedule::accept : schedule::reject("not cordoned");
});
inline constexpr auto roomy =
    schedule::score<"roomy">([](task const& t, host const& h) { return h.cpu_free - t.cpu; });

struct zone_preference {
    static constexpr std::string_view name = "prefer zone";
    int zone;

    constexpr auto operator()(task const&, host const& h) const -> int { return h.zone == zone ? 10 : 0; }
};
constexpr auto prefer_zone(zone_preference wish) { return schedule::score(wish); }

/// The profile of the design document.
inline constexpr auto batch = schedule::profile{
    .name = "batch",
    .filter = fits and tolerates and not cordoned,
    .score = 3 * roomy + prefer_zone({.zone = 1}),
};

/// Every combination of a few values: small worlds are enumerated, not drawn.
inline auto hosts() -> std::vector<host> {
    auto out = std::vector<host>{};
    for (auto const cpu : {0, 2, 8}) {
        for (auto const zone : {0, 1}) {
            for (auto const is_cordoned : {false, true}) {
                for (auto const tainted : {0, 1}) out.push_back({cpu, zone, is_cordoned, tainted});
            }
        }
    }
    return out;
}
inline auto tasks() -> std::vector<task> { return {{1, 0}, {2, 1}, {5, 0}, {9, 1}}; }

/// Passes what a law reports to Catch2.
inline constexpr auto report = [](std::string_view law, bool held, std::string const& where) {
    INFO(std::string(law) + ": " + where);
    CHECK(held);
};

} // namespace harbour
