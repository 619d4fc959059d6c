// A reservation that nobody can take back, though something may follow that says no.
// expect: profile.reserve needs its counterpart profile.release where .permit or .bind may still say no
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

#ifdef TWIN
[[maybe_unused]] auto const policy =
    schedule::profile{.filter = fits,
                      .reserve = [](task const& t, host& h) { h.cpu_free -= t.cpu; },
                      .release = [](task const& t, host& h) { h.cpu_free += t.cpu; },
                      .permit = [](task const&, host const&) { return schedule::accept; }};
#else
[[maybe_unused]] auto const policy =
    schedule::profile{.filter = fits,
                      .reserve = [](task const& t, host& h) { h.cpu_free -= t.cpu; },
                      .permit = [](task const&, host const&) { return schedule::accept; }};
#endif
