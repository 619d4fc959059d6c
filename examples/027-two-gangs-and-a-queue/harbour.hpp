#pragma once

/// \file
/// The pure core of the story: convoys that berth whole or not at all, of fleets that share the piers fairly.

#include <berth/schedule/fair_order.hpp>
#include <berth/schedule/gang_cycle.hpp>

#include <optional>
#include <string>
#include <vector>

namespace convoys {
namespace schedule = berth::schedule;

struct ship {
    std::string name{};
    berth::queue_id fleet{};
    int convoy = 0; ///< 0: it sails alone
    std::size_t ships = 1;
};
using pier = int; ///< how many places are free

constexpr auto convoy_of = [](ship const& s) -> std::optional<schedule::gang_membership<int>> {
    if (s.convoy == 0) return std::nullopt;
    return schedule::gang_membership<int>{.gang = s.convoy, .size = s.ships};
};

/// Fleets take turns by what they use, and a ship takes one place.
inline auto policy_for(schedule::fair_line<1>& fleets) {
    auto const turns = schedule::fair_order(
        fleets, [](ship const& s) { return s.fleet; }, [](ship const&) { return berth::amounts<1>{1}; });
    return schedule::profile{
        .enqueue = turns,
        .order = turns,
        .filter = schedule::filter<"free">(
            [](ship const&, pier const& p) { return p > 0 ? schedule::accept : schedule::reject("taken"); }),
        .reserve = [=](ship const& s, pier& p) { return --p, turns.charge(s); },
        .release = [=](ship const& s, pier& p) { ++p, turns.refund(s); },
    };
}

} // namespace convoys
