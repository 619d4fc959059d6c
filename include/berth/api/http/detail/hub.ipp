#pragma once

/// \file
/// The bodies of `berth/api/http/detail/hub.hpp`.

#include <berth/api/http/detail/hub.hpp>
#include <berth/core/config.hpp>

namespace berth::api::http::detail {

BERTH_DECL auto hub::add(std::shared_ptr<connection> const& c) -> void {
    auto const lock = std::scoped_lock(mutex_);
    connections_.emplace(c.get(), c);
}

BERTH_DECL auto hub::forget(connection* c) -> bool {
    auto const lock = std::scoped_lock(mutex_);
    connections_.erase(c);
    return connections_.empty();
}

BERTH_DECL auto hub::wake(connection* c) -> void {
    auto const lock = std::scoped_lock(mutex_);
    if (deaf_) return;
    woken_.push_back(c);
    if (woken_.size() == 1) look_at_woken();
}

BERTH_DECL auto hub::take_woken() -> std::vector<std::shared_ptr<connection>> {
    auto const lock = std::scoped_lock(mutex_);
    auto out = std::vector<std::shared_ptr<connection>>();
    for (auto* const c : std::exchange(woken_, {})) {
        auto const found = connections_.find(c);
        if (found == connections_.end()) continue;
        if (auto alive = found->second.lock()) out.push_back(std::move(alive));
    }
    return out;
}

BERTH_DECL auto hub::close_ears() -> void {
    auto const lock = std::scoped_lock(mutex_);
    deaf_ = true;
}

BERTH_DECL auto hub::count() const -> std::size_t {
    auto const lock = std::scoped_lock(mutex_);
    return connections_.size();
}

BERTH_DECL auto hub::all() const -> std::vector<std::shared_ptr<connection>> {
    auto const lock = std::scoped_lock(mutex_);
    auto out = std::vector<std::shared_ptr<connection>>();
    out.reserve(connections_.size());
    for (auto const& [raw, weak] : connections_)
        if (auto c = weak.lock()) out.push_back(std::move(c));
    return out;
}

} // namespace berth::api::http::detail
