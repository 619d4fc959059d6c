#pragma once

/// \file
/// The bodies of `berth/store/with_fence.hpp`.

#include <berth/core/config.hpp>
#include <berth/store/with_fence.hpp>

namespace berth::store {

BERTH_DECL auto is_fenced(error const& e) -> bool {
    return e.code == error_code::conflict && e.message.starts_with("store: the leadership of ");
}

} // namespace berth::store
