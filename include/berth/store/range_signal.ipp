#pragma once

/// \file
/// The bodies of `berth/store/range_signal.hpp`.

#include <berth/core/config.hpp>
#include <berth/store/range_signal.hpp>

namespace berth::store {

BERTH_DECL auto range_signal::listener::notify() -> void {
    auto const lock = std::scoped_lock(mutex);
    call();
}

BERTH_DECL auto range_signal::listener::silence() -> void {
    auto const lock = std::scoped_lock(mutex);
    call = {};
}

BERTH_DECL auto range_signal::shared::remove(index::entry& entry) -> void {
    auto kept = std::shared_ptr<listener>();
    {
        auto const lock = std::scoped_lock(mutex);
        kept = listeners.erase(entry);
        count.fetch_sub(1);
    }
    kept->silence();
}

BERTH_DECL auto range_signal::subscription::operator=(subscription&& other) noexcept -> subscription& {
    std::swap(shared_, other.shared_);
    std::swap(entry_, other.entry_);
    return *this;
}

BERTH_DECL auto range_signal::found::add(std::shared_ptr<listener> const& l, revision_number at) -> void {
    auto before = l->since.load();
    while (before == 0 || at < before) { // who writes out of order must not hide what came before
        if (!l->since.compare_exchange_weak(before, at)) continue;
        if (before == 0) listeners_.push_back(l);
        return;
    }
}

BERTH_DECL auto range_signal::subscribe(key_range keys, waker w) -> subscription {
    auto made = std::make_shared<listener>();
    made->call = w;
    auto const lock = std::scoped_lock(shared_->mutex);
    auto& entry = shared_->listeners.insert(keys, std::move(made));
    shared_->count.fetch_add(1);
    return {shared_, entry};
}

BERTH_DECL auto range_signal::find_in(key_range keys, revision_number at) -> found {
    auto out = found();
    if (shared_->count.load() == 0) return out;
    auto const lock = std::scoped_lock(shared_->mutex);
    shared_->listeners.visit_range(keys, [&](auto const& l) { out.add(l, at); });
    return out;
}

} // namespace berth::store
