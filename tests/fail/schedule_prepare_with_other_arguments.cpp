// A `prepare` that cannot be called must not be ignored.
// expect: this filter must be callable as (task const&, node const&) -> schedule::verdict
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
struct counted {
    static constexpr std::string_view name = "counted";
    auto prepare(task const&) const -> int { return 1; }
    auto operator()(task const&, host const&, int) const -> schedule::verdict { return schedule::accept; }
};
[[maybe_unused]] auto const policy = schedule::profile{.filter = schedule::filter(counted{})};
#else
struct counted {
    static constexpr std::string_view name = "counted";
    auto prepare(host const&) const -> int { return 1; }
    auto operator()(task const&, host const&) const -> schedule::verdict { return schedule::accept; }
};
[[maybe_unused]] auto const policy = schedule::profile{.filter = schedule::filter(counted{})};
#endif

auto where() { return schedule::place(task{}, hosts, policy); }
