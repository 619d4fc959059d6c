#pragma once

/// \file
/// The bodies of `berth/api/detail/last_made.hpp`.

#include <berth/api/detail/last_made.hpp>
#include <berth/core/config.hpp>

#include <utility>

namespace berth::api::detail {

BERTH_DECL auto last_made::finish(object::draft made) -> object::any_object {
    auto like = object::any_object();
    {
        auto const lock = std::scoped_lock(mutex_);
        if (auto const known = all_.find(&made.type()); known != all_.end()) like = known->second;
    }
    if (like) made.share_with(like);
    auto out = std::move(made).finish();
    like = out;
    auto const lock = std::scoped_lock(mutex_);
    std::swap(all_[&out.type()], like); // the one before ends without the lock
    return out;
}

} // namespace berth::api::detail
