#pragma once

/// \file
/// The pure core of the story: piers with one place each, where urgent ships send lesser ones away.

#include <berth/schedule.hpp>

#include <optional>
#include <string>

namespace piers {
namespace schedule = berth::schedule;

struct ship {
    std::string name{};
    int rank = 0;
};
using pier = std::optional<ship>; ///< who is there

inline constexpr auto free_pier = schedule::filter<"free">(
    [](ship const&, pier const& p) { return p ? schedule::reject("taken") : schedule::accept; });

inline constexpr auto policy = schedule::profile{
    .order = [](ship const& a, ship const& b) { return a.rank > b.rank; },
    .filter = free_pier,
    .preempt = [](ship const& s, std::span<pier const> all, schedule::refusal const&,
                  auto const& what_if) -> std::optional<schedule::eviction<std::string>> {
        for (std::size_t i = 0; i < all.size(); ++i)
            if (all[i]->rank < s.rank && what_if(i, pier{}).accepted()) return {{i, {all[i]->name}}};
        return {};
    },
    .reserve = [](ship const& s, pier& p) { p = s; },
};

} // namespace piers
