/// \file
/// \brief Place five tasks on four hosts, and say why each went where it went.

#include "batch.hpp"

#include <iostream>
#include <vector>

auto main() -> int {
    using namespace batch;
    auto hosts = std::vector<host>{
        {.name = "amber", .cpu_free = 8},
        {.name = "birch", .cpu_free = 16, .has_gpu = true},
        {.name = "cedar", .cpu_free = 32, .is_cordoned = true},
        {.name = "dune", .cpu_free = 6},
    };
    auto const tasks =
        std::vector<task>{{"web", 2}, {"train", 8, true}, {"index", 5}, {"render", 4, true}, {"archive", 12}};

    std::cout << policy.describe() << "\n\n";
    schedule::place_all(tasks, hosts, policy, [&](std::size_t i, auto const& outcome) {
        std::cout << "  " << tasks[i].name << "\t-> ";
        if (outcome) {
            std::cout << hosts[outcome->node].name << "\t(" << outcome->feasible << " would do)\n";
        } else {
            std::cout << outcome.error().why << '\n';
        }
    });

    std::cout << "\nAnd where would a second web go now, and why?\n\n"
              << schedule::explain(tasks.front(), hosts, policy).table([&](auto i) { return hosts[i].name; });
}
