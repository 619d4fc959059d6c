// A state that is advanced to something else than a state.
// expect: a leaf's advance must be callable as advance(state, task const&, change<node> const&) -> state
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

struct counts {
    static constexpr std::string_view name = "counts";
    auto prepare(task const&, std::span<host const> all) const -> std::size_t { return all.size(); }
#ifdef TWIN
    auto advance(std::size_t n, task const&, schedule::change<host> const&) const -> std::size_t { return n; }
#else
    auto advance(std::size_t n) const -> std::size_t { return n; }
#endif
    auto operator()(task const&, host const&, std::size_t n) const -> schedule::verdict {
        return n > 1 ? schedule::accept : schedule::reject("lonely");
    }
};

auto where() {
    return schedule::place(task{}, hosts, schedule::profile{.filter = schedule::filter(counts{})});
}
