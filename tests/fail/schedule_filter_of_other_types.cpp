// A filter for other types than those that are placed; the compiler names it.
// expect: this filter must be callable as (task const&, node const&) -> schedule::verdict
// expect: sunny
// at most: 30 lines

#include <berth/schedule.hpp>

namespace schedule = berth::schedule;

namespace {

struct task {
    int cpu = 0;
};
struct host {
    int cpu_free = 0;
};

[[maybe_unused]] constexpr auto fits = schedule::filter<"fits">([](task const& t, host const& h) {
    return t.cpu <= h.cpu_free ? schedule::accept : schedule::reject("not enough cpu");
});
[[maybe_unused]] constexpr auto roomy =
    schedule::score<"roomy">([](task const&, host const& h) { return h.cpu_free; });
[[maybe_unused]] constexpr host hosts[] = {{4}, {8}};

} // namespace

#ifdef TWIN
[[maybe_unused]] auto const sunny =
    schedule::filter<"sunny">([](task const&, host const&) { return schedule::accept; });
[[maybe_unused]] auto const policy = schedule::profile{.filter = fits and sunny};
#else
[[maybe_unused]] auto const sunny =
    schedule::filter<"sunny">([](task const&, char const*) { return schedule::accept; });
[[maybe_unused]] auto const policy = schedule::profile{.filter = fits and sunny};
#endif

auto where() { return schedule::place(task{}, hosts, policy); }
