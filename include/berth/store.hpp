#pragma once

/// \file
/// The database of record: the versioned store and its in-memory model.

// IWYU pragma: begin_exports
#include <berth/store/any_store.hpp>
#include <berth/store/by_reference.hpp>
#include <berth/store/codec.hpp>
#include <berth/store/compactor.hpp>
#include <berth/store/election.hpp>
#include <berth/store/election_options.hpp>
#include <berth/store/errors.hpp>
#include <berth/store/etcd/decode.hpp>
#include <berth/store/etcd/encode.hpp>
#include <berth/store/etcd/event_log.hpp>
#include <berth/store/etcd/joined.hpp>
#include <berth/store/etcd/knowledge.hpp>
#include <berth/store/etcd/merging.hpp>
#include <berth/store/etcd/message.hpp>
#include <berth/store/etcd/options.hpp>
#include <berth/store/etcd/protocol.hpp>
#include <berth/store/etcd/refusal.hpp>
#include <berth/store/etcd/watch_message.hpp>
#include <berth/store/fwd.hpp>
#include <berth/store/key_range.hpp>
#include <berth/store/key_value.hpp>
#include <berth/store/layer.hpp>
#include <berth/store/lease.hpp>
#include <berth/store/lessor.hpp>
#include <berth/store/lmdb/directory.hpp>
#include <berth/store/lmdb/page_check.hpp>
#include <berth/store/memory.hpp>
#include <berth/store/memory_cursor.hpp>
#include <berth/store/metrics.hpp>
#include <berth/store/operation_kind.hpp>
#include <berth/store/operations.hpp>
#include <berth/store/range_signal.hpp>
#include <berth/store/types.hpp>
#include <berth/store/versioned_store.hpp>
#include <berth/store/watch.hpp>
#include <berth/store/with_faults.hpp>
#include <berth/store/with_fence.hpp>
#include <berth/store/with_history.hpp>
#include <berth/store/with_metrics.hpp>
#include <berth/store/with_prefix.hpp>
// IWYU pragma: end_exports
