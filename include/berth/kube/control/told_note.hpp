#pragma once

/// \file
/// Telling of what lasts: once, and again after a time, though a controller looks more often.

#include <berth/core/config.hpp>
#include <berth/core/time.hpp>
#include <berth/reconcile/plan.hpp>

#include <string>

namespace berth::kube {

/// What was told last of an object, and when. The memory of a controller that tells of states, which no
/// change of an object ends. A restart forgets it, and all is told once more.
struct told_note {
    std::string what; ///< empty: nothing that still holds
    time_point at;

    friend auto operator==(told_note const&, told_note const&) -> bool = default;
};

/// Puts a note into a plan, unless `before` says that the same was told less than `period` ago; the plan asks
/// to look again when that time is over. Answers what to remember.
[[nodiscard]] BERTH_DECL auto tell_again(reconcile::plan& to, reconcile::note what, told_note const& before,
                                         time_point now, duration period) -> told_note;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/control/told_note.ipp>
#endif
