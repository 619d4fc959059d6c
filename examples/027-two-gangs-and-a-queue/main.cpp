/// \file
/// \brief Two convoys that berth whole or not at all, beside a fleet that shares the piers with them.

#include "harbour.hpp"

#include <iostream>

auto main() -> int {
    auto piers = std::vector<convoys::pier>{2, 3};
    auto fleets = convoys::schedule::fair_line<1>({5});
    auto const traders = fleets.open("traders", {.guaranteed = {1}});
    auto const navy = fleets.open("navy", {.weight = 2});
    auto harbour = convoys::schedule::gang_cycle_of<convoys::ship, convoys::pier>(convoys::policy_for(fleets),
                                                                                  convoys::convoy_of);
    auto const admit = [&] {
        while (auto const taken = harbour.next(piers, {})) {
            auto const& name = taken->left ? taken->left->name : harbour.find(taken->id)->name;
            if (taken->outcome) std::cout << name << " berths at pier " << taken->outcome->node << '\n';
            else std::cout << name << ": " << taken->outcome.error().why << '\n';
        }
    };
    for (auto const* name : {"anna", "berta"}) harbour.add({name, navy, 1, 3}); // a convoy of three
    for (auto const* name : {"xenia", "yolanda", "zoe"}) harbour.add({name, navy, 2, 3});
    harbour.add({"trader", traders});
    admit(); // one convoy is there; the other waits for its third ship, without a place
    harbour.add({"carla", navy, 1, 3});
    admit(); // it is there now, but one place is left: all of it or none
    std::cout << "the navy uses " << fleets.shares().usage(navy)[0] << " of 5 places\n";
}
