// Nodes that are no sequence in memory.
// expect: place: the nodes must be a vector, an array or a span
// at most: 16 lines

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
[[maybe_unused]] auto const policy = schedule::profile{.filter = fits};
auto where() { return schedule::place(task{}, hosts, policy); }
#else
[[maybe_unused]] auto const policy = schedule::profile{.filter = fits};
auto where() { return schedule::place(task{}, hosts[0], policy); }
#endif
