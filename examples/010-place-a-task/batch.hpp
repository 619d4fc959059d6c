#pragma once

/// \file
/// The pure core of the story: two plain types, four leaves and a policy put together from them.

#include <berth/schedule.hpp>

#include <string_view>

namespace batch {

namespace schedule = berth::schedule;

/// What is to be placed.
struct task {
    std::string_view name = {};
    int cpu = 1;
    bool needs_gpu = false;
};

/// Where it may go.
struct host {
    std::string_view name = {};
    int cpu_free = 0;
    bool has_gpu = false;
    bool is_cordoned = false;
};

inline constexpr auto fits = schedule::filter<"fits">([](task const& t, host const& h) {
    return t.cpu <= h.cpu_free ? schedule::accept : schedule::reject("not enough cpu");
});
inline constexpr auto has_device = schedule::filter<"has device">([](task const& t, host const& h) {
    return h.has_gpu or not t.needs_gpu ? schedule::accept : schedule::rule_out("no gpu");
});
inline constexpr auto cordoned = schedule::filter<"cordoned">([](task const&, host const& h) {
    return h.is_cordoned ? schedule::accept : schedule::reject("in service");
});

inline constexpr auto roomy = schedule::score<"roomy">([](task const&, host const& h) { return h.cpu_free; });
inline constexpr auto spare_gpus = schedule::score<"spare gpus">(
    [](task const& t, host const& h) { return h.has_gpu and not t.needs_gpu ? 0 : 1; });

/// The whole policy: a value, known at compile time.
inline constexpr auto policy = schedule::profile{
    .name = "batch",
    .filter = fits and has_device and not cordoned,
    .score = roomy + 10 * spare_gpus,
    .reserve = [](task const& t, host& h) { h.cpu_free -= t.cpu; },
};

} // namespace batch
