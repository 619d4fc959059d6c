#pragma once

/// \file
/// Carries out a plan through a client, each step on the condition that nothing has changed since it was
/// decided.

#include <berth/api/any_client.hpp>
#include <berth/core/config.hpp>
#include <berth/reconcile/detail/sink.hpp>
#include <berth/reconcile/plan.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace berth::reconcile {

/// What became of an object by a step.
struct own_write {
    reference what;
    object::revision rev = 0; ///< of the write
    bool removed = false;     ///< it was deleted, or is on its way

    friend auto operator==(own_write const&, own_write const&) -> bool = default;
};

/// What became of one step.
enum class step_outcome : std::uint8_t {
    done,
    conflict, ///< refused because the world has moved on
    soon,     ///< refused for now (`too_many_requests`)
    failed,   ///< refused for another reason
    skipped,  ///< not tried, since a step before it was refused
    cut,      ///< not tried, since the budget was spent
};

/// One line of the story of a plan.
struct step_report {
    std::string step; ///< in words, see `to_string(step)`
    step_outcome outcome = step_outcome::done;
    std::string error; ///< the message, if it was refused

    friend auto operator==(step_report const&, step_report const&) -> bool = default;
};

/// How much of a plan is carried out at once. What is left is not carried out later: the key is looked at
/// again, and decided anew.
struct plan_budget {
    std::size_t steps = 0; ///< writes; 0: any number
    duration time = {}; ///< since the first; 0: any. One more is tried when it is over while one is under way
};

/// What carrying out a plan may be told.
struct apply_options {
    std::string_view manager = {}; ///< who applies, where a step does not say
    plan_budget budget = {};
    std::function<time_point()> clock = {}; ///< for `budget.time`; empty: none is spent
    bool tell_steps = false;                ///< fill `outcome::story`
};

/// What became of a plan.
struct outcome {
    std::vector<own_write> writes;
    std::vector<failure> failures; ///< without the conflicts, and without what is refused for now
    std::size_t steps = 0;         ///< that were carried out
    std::size_t conflicts = 0;     ///< that were refused because the world has moved on
    std::size_t put_off = 0;       ///< that were refused for now: too many requests, a budget of disruptions
    duration wait = {};            ///< what the API asked for where it put off; 0: it did not say
    std::size_t cut = 0;           ///< steps that the budget did not allow for
    std::size_t notes = 0;         ///< that were handed to the recorder
    /// Kinds of steps of which nobody knows whether they were carried out: the answer was lost.
    std::vector<object::resource_name const*> doubtful;
    bool complete = true;           ///< false: some steps were not carried out
    std::vector<step_report> story; ///< of all steps but notes, if it was asked for
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
[[nodiscard]] BERTH_DECL auto apply(api::any_client const& client, plan const& p, note_sink record,
                                    apply_options const& how = {}) -> outcome;

/// `done`, `conflict`, ...
[[nodiscard]] BERTH_DECL auto to_string(step_outcome f) -> std::string_view;

} // namespace berth::reconcile

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/reconcile/apply.ipp>
#endif
