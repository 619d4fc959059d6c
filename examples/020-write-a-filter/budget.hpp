#pragma once

/// \file
/// The pure core of the story: a filter with parameters, a score that compares, and a policy of both.

#include <berth/schedule.hpp>

#include <string>
#include <string_view>

namespace budget {

namespace schedule = berth::schedule;

struct job {
    double hours = 1;
    double euros = 10; ///< what it may cost
    int cores = 1;
};
struct offer {
    std::string_view name = {};
    int cores = 1;
    double euros_per_hour = 1;
    double kilowatts = 0.1;
};

/// A leaf with parameters is a struct: a name, members, a call operator.
struct keeps_reserve {
    static constexpr std::string_view name = "keeps reserve";
    double share = 0; ///< of the budget, that must not be spent

    constexpr auto operator()(job const& j, offer const& o) const -> schedule::verdict {
        return o.euros_per_hour * j.hours <= j.euros * (1 - share) ? schedule::accept
                                                                   : schedule::reject("over budget");
    }
};

/// A reason may be composed, and there may be several; accepting costs nothing.
inline constexpr auto big_enough = schedule::filter<"big enough">([](job const& j, offer const& o) {
    if (o.cores >= j.cores) return schedule::accept;
    return schedule::reject(std::to_string(j.cores - o.cores) + " cores short");
});

/// A score over all survivors: the least energy gets 100, the most gets 0.
inline constexpr auto frugal = schedule::score<"frugal">(
    [](job const& j, offer const& o) { return -o.kilowatts * j.hours; }, schedule::min_max{});
inline constexpr auto cheap =
    schedule::score<"cheap">([](job const& j, offer const& o) { return -o.euros_per_hour * j.hours; });

inline constexpr auto policy = schedule::profile{
    .name = "green",
    .filter = big_enough and schedule::filter<keeps_reserve>({.share = 0.2}),
    .score = 0.1 * frugal + cheap,
};

} // namespace budget
