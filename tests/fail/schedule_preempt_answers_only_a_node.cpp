// Preemption that names a node, and nobody who leaves it.
// expect: -> std::optional<schedule::eviction<victim>>: the node, and who leaves it
// at most: 30 lines

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

#ifdef TWIN
[[maybe_unused]] auto const policy = schedule::profile{
    .filter = fits, .preempt = [](task const&, std::span<host const>, schedule::refusal const&) {
        return std::optional(schedule::eviction<std::string>{.node = 0, .victims = {"who is there"}});
    }};
#else
[[maybe_unused]] auto const policy = schedule::profile{
    .filter = fits, .preempt = [](task const&, std::span<host const>, schedule::refusal const&) {
        return std::optional<std::size_t>(0);
    }};
#endif

auto where() { return schedule::place(task{}, hosts, policy); }
