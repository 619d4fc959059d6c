#pragma once

/// \file
/// Why a controller did what it did for a key, and why it did nothing: values, and a text for people.

#include <berth/core/config.hpp>
#include <berth/core/time.hpp>
#include <berth/reconcile/apply.hpp>
#include <berth/reconcile/causes.hpp>
#include <berth/reconcile/queue.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace berth::reconcile {

/// How a look at a key ended.
enum class look_outcome : std::uint8_t {
    nothing_to_do, ///< the plan was empty
    carried_out,   ///< all of it
    cut,           ///< the budget was spent: the rest is decided anew
    conflict,      ///< the world had moved on: it is looked at again soon
    put_off,       ///< the API asked to come back later
    failed,        ///< a step was refused, or the controller could not decide: the key backs off
    gave_up,       ///< the controller says that only a change can help
    mistake,       ///< the controller looked at, or would have written, what it does not declare
    held_back,     ///< not decided: the caches do not show yet what the last plan wrote
    unclear,       ///< not decided: nobody could say whether the last plan's writes were done
    not_leading,   ///< not decided: this process does not lead
};

/// `nothing to do`, `carried out`, ...
[[nodiscard]] BERTH_DECL auto to_string(look_outcome e) -> std::string_view;

/// One look at a key.
struct look {
    key where;
    time_point at;
    duration took; ///< 0 where the loop has no clock
    causes why;
    look_outcome end = look_outcome::nothing_to_do;
    std::vector<step_report> steps;   ///< of the plan, with what became of each
    std::string reason;               ///< of a failure or a mistake, in a sentence
    std::vector<own_write> waits_for; ///< what held it back
    std::optional<time_point> next{}; ///< when it is looked at again, if nothing happens before

    /// The look in some lines: the causes, the steps, the end.
    [[nodiscard]] auto to_string() const -> std::string;
};

/// How a key stands: what there is to say if somebody asks why nothing happens.
struct key_status {
    bool synced = false;              ///< the caches have seen everything once; before, nothing is looked at
    queue_state queue;                ///< whether it waits, and for what
    std::vector<own_write> waits_for; ///< writes of its last plan that the caches do not show yet
    std::vector<failure> failures;    ///< of its last plan
    std::optional<look> last{};       ///< its last look, if looks are kept

    /// In a few lines, the reason first.
    [[nodiscard]] auto to_string() const -> std::string;
};

} // namespace berth::reconcile

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/reconcile/look.ipp>
#endif
