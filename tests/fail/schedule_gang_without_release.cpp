// A gang under a profile whose reservations nobody can take back.
// expect: a gang is placed whole or not at all: profile.reserve needs its counterpart profile.release
// at most: 12 lines

#include <berth/schedule/gang.hpp>

#include <vector>

namespace schedule = berth::schedule;

namespace {

struct task {
    int cpu = 0;
};
struct host {
    int cpu_free = 0;
};

#ifdef TWIN
constexpr auto policy = schedule::profile{.reserve = [](task const& t, host& h) { h.cpu_free -= t.cpu; },
                                          .release = [](task const& t, host& h) { h.cpu_free += t.cpu; }};
#else
constexpr auto policy = schedule::profile{.reserve = [](task const& t, host& h) { h.cpu_free -= t.cpu; }};
#endif

} // namespace

auto main() -> int {
    auto hosts = std::vector<host>(2);
    auto work = schedule::workspace{};
    return schedule::place_gang(std::vector<task>(2), hosts, policy, schedule::gang_terms<>{}, work) ? 0 : 1;
}
