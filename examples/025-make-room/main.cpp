/// \file
/// \brief An urgent ship for which a lesser one makes room.

#include "harbour.hpp"

#include <iostream>
#include <vector>

auto main() -> int {
    auto all = std::vector<piers::pier>(2);
    auto harbour = piers::schedule::cycle_of<piers::ship, piers::pier>(piers::policy);
    all[0] = {"anna", 1};
    for (auto const& s : {piers::ship{"carla", 1}, {"rescue", 3}, {"berta", 2}}) harbour.add(s);
    while (auto const taken = harbour.next(all, {})) { // the cycle answers, and the shell carries it out
        if (taken->outcome) {
            std::cout << taken->left->name << " berths at pier " << taken->outcome->node << '\n';
        } else if (auto const& why = taken->outcome.error(); why.at == piers::schedule::stage::evicting) {
            std::cout << why.room.victims.front() << " leaves for " << harbour.find(taken->id)->name << '\n';
            all[why.room.node].reset();
            harbour.again(taken->id);
        } else {
            std::cout << harbour.find(taken->id)->name << ": " << why.why << '\n';
        }
    }
}
