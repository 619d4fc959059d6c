// A leaf that looks for room, and says what it costs but not who leaves.
// expect: look(task const&, node const&, ask const&) -> std::expected<offer, verdict>
// at most: 30 lines

#include <berth/schedule/attempt.hpp>
#include <berth/schedule/room.hpp>

#include <expected>
#include <string>
#include <vector>

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

} // namespace

struct everybody_leaves {
    using offer = schedule::offer<int, std::string>;

#ifdef TWIN
    template <class Ask>
    auto look(task const&, host const& h, Ask const&) const -> std::expected<offer, schedule::verdict> {
        return offer{h.cpu_free, {"who is there"}};
    }
#else
    template <class Ask> auto look(task const&, host const& h, Ask const&) const -> int { return h.cpu_free; }
#endif
};
[[maybe_unused]] auto const policy =
    schedule::profile{.filter = fits, .preempt = schedule::room_by_node{everybody_leaves{}}};

auto where() {
    auto work = schedule::workspace{};
    auto all = std::vector<host>(2);
    return schedule::attempt(task{}, all, policy, work).has_value();
}
