#pragma once

/// \file
/// The bodies of `berth/api/http/detail/stand_ins.hpp`.

#include <berth/api/http/detail/stand_ins.hpp>
#include <berth/core/config.hpp>

#include <system_error>

namespace berth::api::http::detail {

BERTH_DECL auto stand_ins::run() -> void {
    auto const count = [this](auto change) {
        auto const lock = std::scoped_lock(mutex_);
        change(working_);
    };
    count([](std::size_t& n) { ++n; });
    work_();
    count([](std::size_t& n) { --n; });
}

BERTH_DECL auto stand_ins::enter() -> bool {
    auto const lock = std::scoped_lock(mutex_);
    if (waiting_ >= most_) return false;
    ++waiting_;
    if (working_ == 0 || waiting_ < working_ + started_.size()) return true;
    try {
        started_.emplace_back(work_);
    } catch (std::system_error const&) { // no more threads to be had: others wait too
    }
    return true;
}

BERTH_DECL auto stand_ins::leave() -> void {
    auto const lock = std::scoped_lock(mutex_);
    --waiting_;
}

BERTH_DECL auto stand_ins::join() -> void {
    auto const all = [this] {
        auto const lock = std::scoped_lock(mutex_);
        return std::exchange(started_, {});
    };
    for (auto& thread : all()) thread.join();
}

} // namespace berth::api::http::detail
