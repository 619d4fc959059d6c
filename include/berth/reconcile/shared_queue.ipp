#pragma once

/// \file
/// The bodies of `berth/reconcile/shared_queue.hpp`.

#include <berth/core/config.hpp>
#include <berth/reconcile/shared_queue.hpp>

namespace berth::reconcile::detail {

BERTH_DECL auto lock_soon(std::mutex& m) -> std::unique_lock<std::mutex> {
    for (auto tries = 0; tries < 1000; ++tries) {
        auto lock = std::unique_lock(m, std::try_to_lock);
        if (lock.owns_lock()) return lock;
    }
    return std::unique_lock(m);
}

} // namespace berth::reconcile::detail
