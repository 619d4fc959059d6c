#pragma once

/// \file
/// The bodies of `store`, for one unit of a program in separate compilation.

#include <berth/store/any_store.ipp>
#include <berth/store/codec.ipp>
#include <berth/store/detail/check_txn.ipp>
#include <berth/store/detail/lease_book.ipp>
#include <berth/store/detail/prefixed.ipp>
#include <berth/store/detail/stored_revision.ipp>
#include <berth/store/laws/wakers.ipp>
#include <berth/store/metrics.ipp>
#include <berth/store/range_signal.ipp>
#include <berth/store/with_faults.ipp>
#include <berth/store/with_fence.ipp>
