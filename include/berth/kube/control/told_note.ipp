#pragma once

/// \file
/// The bodies of `berth/kube/control/told_note.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/control/told_note.hpp>

#include <utility>

namespace berth::kube {

BERTH_DECL auto tell_again(reconcile::plan& to, reconcile::note what, told_note const& before, time_point now,
                           duration period) -> told_note {
    auto said = what.reason + ": " + what.message;
    if (said == before.what && now >= before.at && now - before.at < period) {
        to.look_again(before.at + period - now);
        return before;
    }
    to.tell(std::move(what)).look_again(period);
    return {std::move(said), now};
}

} // namespace berth::kube
