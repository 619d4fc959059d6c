// What must be done before a bind, with an answer that says no error and no reason.
// expect: profile.pre_bind must be callable as (task const&, node const&) -> result<void>, or -> permission
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
[[maybe_unused]] auto const policy =
    schedule::profile{.filter = fits, .pre_bind = [](task const&, host const&) {
                          return schedule::wait_for(berth::seconds(5), "the world");
                      }};
#else
[[maybe_unused]] auto const policy =
    schedule::profile{.filter = fits, .pre_bind = [](task const&, host const&) { return true; }};
#endif

auto where() { return schedule::place(task{}, hosts, policy); }
