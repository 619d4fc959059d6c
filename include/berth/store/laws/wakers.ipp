#pragma once

/// \file
/// The bodies of `berth/store/laws/wakers.hpp`.

#include <berth/core/config.hpp>
#include <berth/store/laws/wakers.hpp>

namespace berth::store::laws {

BERTH_DECL auto count_of_calls::waker_of() -> waker {
    return {[](void* p) { static_cast<count_of_calls*>(p)->calls.fetch_add(1); }, this};
}

} // namespace berth::store::laws
