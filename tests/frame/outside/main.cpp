#include <berth/core/error.hpp>
#include <berth/schedule.hpp>

#include <boost/json.hpp>

#include <array>
#include <iostream>
#include <string_view>

namespace schedule = berth::schedule;

struct host {
    std::string_view name;
    int room;
};

constexpr auto roomy_enough = schedule::filter<"roomy enough">([](int need, host const& h) {
    return need <= h.room ? schedule::accept : schedule::reject("not enough room");
});
constexpr auto tightest = schedule::score<"tightest">([](int, host const& h) { return 100 - h.room; });
constexpr auto packed = schedule::profile{.name = "packed", .filter = roomy_enough, .score = tightest};

auto main() -> int {
    auto const hosts = std::array{host{"tiny", 1}, host{"small", 4}, host{"large", 64}};
    auto const where = schedule::place(3, hosts, packed);
    if (!where) return 1;
    auto const answer = boost::json::value(hosts.at(where->node).name);
    std::cout << std::string_view(answer.as_string()) << " takes the task\n";
}
