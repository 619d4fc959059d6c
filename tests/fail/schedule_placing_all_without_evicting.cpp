// Preemption, and nobody who evicts.
// expect: place_all: a profile with .preempt needs somebody who evicts
// at most: 12 lines

#include <berth/schedule.hpp>

#include <optional>
#include <string>

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
[[maybe_unused]] constexpr host hosts[] = {{4}, {8}};

} // namespace

[[maybe_unused]] auto const policy = schedule::profile{
    .filter = fits, .preempt = [](task const&, std::span<host const>, schedule::refusal const&) {
        return std::optional(schedule::eviction<std::string>{.node = 0, .victims = {"who is there"}});
    }};

[[maybe_unused]] auto go(std::vector<task> const& tasks, std::vector<host>& all) {
    auto const watch = [](std::size_t, auto const&) {};
#ifdef TWIN
    return schedule::place_all(tasks, all, policy, watch, [](host& h, auto const&) { h.cpu_free = 8; });
#else
    return schedule::place_all(tasks, all, policy, watch);
#endif
}
