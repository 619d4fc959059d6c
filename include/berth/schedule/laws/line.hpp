#pragma once

/// \file
/// The laws of an order that keeps those to be tried itself (`keeps_line`), on random histories. See
/// `laws.hpp` for `report`.

#include <berth/core/random.hpp>
#include <berth/schedule/line.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace berth::schedule::laws {

/// An order with nobody in it, on a random history of `events` events with these tasks, which end as soon as
/// they are taken: *nobody is invented* (who is taken has entered, and neither left nor been taken since),
/// *ready tells*
/// (`ready` is whether `take` has an answer). What is drawn depends on `seed` alone.
template <class Order, class Task, class Report>
    requires keeps_line<Order, Task>
auto line(Order const& order, std::vector<Task> const& tasks, std::uint64_t seed, std::size_t events,
          Report report) -> void {
    auto draw = berth::random_engine(seed);
    auto inside = std::vector<bool>(tasks.size());
    auto entered = std::vector<std::uint64_t>(tasks.size());
    auto none_invented = true;
    auto ready_tells = true;
    auto const before = [&](std::uint32_t a, std::uint32_t b) {
        if (order(tasks[a], tasks[b])) return true;
        return !order(tasks[b], tasks[a]) && entered[a] < entered[b];
    };
    for (std::size_t n = 1; n <= events; ++n) {
        auto const slot = static_cast<std::uint32_t>(draw.below(tasks.size()));
        if (draw.below(3) == 0) {
            auto const ready = order.ready();
            auto const taken = order.take();
            ready_tells = ready_tells && ready == taken.has_value();
            if (!taken) continue;
            none_invented = none_invented && *taken < tasks.size() && inside[*taken];
            if (!none_invented) break;
            inside[*taken] = false;
            if (draw.below(2) == 0) order.pass(tasks[*taken]);
        } else if (inside[slot]) {
            order.leave(slot);
            inside[slot] = false;
        } else {
            entered[slot] = n;
            order.enter(slot, tasks[slot], before);
            inside[slot] = true;
        }
    }
    auto const where = "seed " + std::to_string(seed);
    report("who is taken has entered and not left", none_invented, where);
    report("ready is whether take has an answer", ready_tells, where);
}

} // namespace berth::schedule::laws
