#pragma once

/// \file
/// Checks leaderships that writes are made under.

#include <berth/api/fence.hpp>
#include <berth/api/registry.hpp>
#include <berth/api/storage.hpp>
#include <berth/core/config.hpp>

namespace berth::api::detail {

/// What in the store proves a leadership: the Lease at the revision at which it was found to last. Errors:
/// `conflict` if it is over; `bad_request` if there are no Leases here.
[[nodiscard]] BERTH_DECL auto guard_of(storage const& objects, registry const& kinds, fence const& f)
    -> result<store_guard>;

} // namespace berth::api::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/api/detail/fence_guard.ipp>
#endif
