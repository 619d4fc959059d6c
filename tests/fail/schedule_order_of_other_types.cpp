// An extension point of the wrong signature must not be ignored, though `place` does not call it.
// expect: profile.order must be callable as (task const&, task const&) -> bool
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
[[maybe_unused]] auto const policy =
    schedule::profile{.order = [](task const& a, task const& b) { return a.cpu < b.cpu; }, .filter = fits};
#else
[[maybe_unused]] auto const policy =
    schedule::profile{.order = [](task const& t) { return t.cpu; }, .filter = fits};
#endif

auto where() { return schedule::place(task{}, hosts, policy); }
