#pragma once

/// \file
/// The component that ends leases in time.

#include <berth/core/step.hpp>
#include <berth/core/time.hpp>

#include <optional>
#include <utility>

namespace berth::store {

/// Calls a store's `expire` when the next lease ends, and sleeps in between. The store must outlive it and
/// have `expire()` and `leased()` (as `memory` and `lmdb` do); etcd ends leases by itself. A failing disk is
/// tried again after a second.
template <class Store> class lessor {
public:
    explicit lessor(Store& store) : store_(&store) {}

    auto on_wake(waker w) -> void {
        woken_ = w.function == nullptr ? wake_signal::subscription() : store_->leased().subscribe(w);
    }

    auto step(time_point now) -> wake {
        auto const next = store_->expire();
        if (!next) return wake::at(now + seconds(1));
        return *next ? wake::at(now + **next) : wake::signalled();
    }

private:
    Store* store_;
    wake_signal::subscription woken_;
};

} // namespace berth::store
