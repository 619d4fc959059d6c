#pragma once

/// \file
/// What a scheduler may be told, and what it counts.

#include <berth/core/time.hpp>
#include <berth/object/meta.hpp>
#include <berth/reconcile/plan.hpp>
#include <berth/schedule/waiting_queue.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>

namespace berth::kube {

/// What a scheduler may be told.
struct scheduler_options {
    std::size_t batch = 64; ///< the most pods of one step, whose bindings leave together
    schedule::back_off wait = {.cut_short = true};
    std::function<void(reconcile::note const&, time_point)> record; ///< hears what happened; may be left out
    /// Hears why each pod went where it did: its key, its node, the account of the decision as a table. May
    /// be left out, and costs something only if it is not.
    std::function<void(object::key const&, std::string const& node, std::string const& why)> explain;
};

/// What a scheduler has done.
struct scheduler_counters {
    std::uint64_t placed = 0;    ///< pods bound
    std::uint64_t refused = 0;   ///< attempts for which no node would do
    std::uint64_t conflicts = 0; ///< bindings that the API refused
};

} // namespace berth::kube
