#include <berth/schedule.hpp>

#include <iostream>

namespace schedule = berth::schedule;

struct task { int cpu; };
struct host { std::string_view name; int cpu_free; bool under_repair; };

constexpr auto fits = schedule::filter<"fits">([](task const& t, host const& h) {
    return t.cpu <= h.cpu_free ? schedule::accept : schedule::reject("not enough cpu");
});
constexpr auto under_repair = schedule::filter<"under repair">([](task const&, host const& h) {
    return h.under_repair ? schedule::accept : schedule::reject("in service");
});
constexpr auto roomy = schedule::score<"roomy">([](task const&, host const& h) { return h.cpu_free; });

constexpr auto batch = schedule::profile{
    .name = "batch", .filter = fits and not under_repair, .score = 3 * roomy};

auto main() -> int {
    auto const hosts =
        std::vector<host>{{"ann", 2, false}, {"bob", 16, true}, {"cid", 8, false}, {"dot", 4, false}};
    std::cout << schedule::explain(task{.cpu = 4}, hosts, batch).table([&](auto i) { return hosts[i].name; });
}
