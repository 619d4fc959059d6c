// A declaration that names what these nodes do not have.
// expect: this leaf declares that it reads what these nodes do not have
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
[[maybe_unused]] auto const small = schedule::filter<"small", schedule::reads<&host::cpu_free>>(
    [](task const&, host const& h) { return h.cpu_free < 2 ? schedule::accept : schedule::reject("large"); });
#else
[[maybe_unused]] auto const small = schedule::filter<"small", schedule::reads<&task::cpu>>(
    [](task const&, host const& h) { return h.cpu_free < 2 ? schedule::accept : schedule::reject("large"); });
#endif

auto where() { return schedule::place(task{}, hosts, schedule::profile{.filter = small}); }
