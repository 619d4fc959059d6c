#pragma once

/// \file
/// Carries out a plan through a client, each step on the condition that nothing has changed since it was
/// decided.

#include <berth/api/any_client.hpp>
#include <berth/core/config.hpp>
#include <berth/reconcile/detail/sink.hpp>
#include <berth/reconcile/plan.hpp>

#include <cstddef>
#include <vector>

namespace berth::reconcile {

/// What became of an object by a step.
struct own_write {
    reference what;
    object::revision rev = 0; ///< of the write
    bool removed = false;     ///< it was deleted, or is on its way

    friend auto operator==(own_write const&, own_write const&) -> bool = default;
};

/// What became of a plan.
struct outcome {
    std::vector<own_write> writes;
    std::vector<failure> failures; ///< without the conflicts
    std::size_t steps = 0;         ///< that were carried out
    std::size_t conflicts = 0;     ///< that were refused because the world has moved on
    std::size_t notes = 0;         ///< that were handed to the recorder
    /// Kinds of steps of which nobody knows whether they were carried out: the answer was lost.
    std::vector<object::resource_name const*> doubtful;
    bool complete = true; ///< false: some steps were not carried out
};

/// Whether an error of a step only says that the decision was made from an old world: look again.
[[nodiscard]] BERTH_DECL auto is_stale(step const& s, error const& why) -> bool;

/// Whether an error leaves open whether the step was carried out.
[[nodiscard]] inline auto is_doubtful(error const& why) -> bool {
    return why.code == error_code::timeout || why.code == error_code::unavailable;
}

/// Hears notes: any callable that takes a `note const&`, for the time of a call.
using note_sink = detail::sink<note const&>;

/// Carries out the steps of a plan in order, and hands its notes to `record`.
[[nodiscard]] BERTH_DECL auto apply(api::any_client const& client, plan const& p, note_sink record)
    -> outcome;

} // namespace berth::reconcile

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/reconcile/apply.ipp>
#endif
