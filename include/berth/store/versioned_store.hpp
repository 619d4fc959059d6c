#pragma once

/// \file
/// The concept of the database of record.

#include <berth/core/error.hpp>
#include <berth/core/step.hpp>
#include <berth/store/fwd.hpp>
#include <berth/store/lease.hpp>
#include <berth/store/types.hpp>
#include <berth/store/watch.hpp>

#include <concepts>
#include <span>
#include <vector>

namespace berth::store {

/// A map from keys to values that remembers its history: etcd v3's data model (etcd 3.5,
/// `server/storage/mvcc`).
///
/// The store has one revision, which begins at 1. Each transaction that changes something adds one to it and
/// stamps it on every key it writes; a transaction that changes nothing leaves it. The state at each revision
/// since the last compaction can be read, and every change since then can be watched. All members may be
/// called from several threads at once (cursors: one thread each).
///
/// Minimal definition:
/// * `value_type`: any regular type; `cursor`: a `watch_cursor` of it.
/// * `revision()`: the newest revision; `compacted()`: the oldest one that can be read, 0 if all can.
/// * `range(request)`: the keys of a range at a revision. Errors: `expired`, `future_revision`,
/// `bad_request`.
/// * `commit(txns)`: does the transactions in order, each on its own; one answer each. A batch costs one
///   synchronization (one lock, one fsync, one round trip), which is why it is the primitive. A refused
///   transaction changes nothing: `bad_request`, `request_too_large`, `not_found` (of a lease), `expired`,
///   `future_revision`.
/// * `compact(revision)`: forget what was overwritten or deleted before. `expired` if that has been done
/// already.
/// * `grant(request)`, `keep_alive(id)`, `revoke(id)`, `time_to_live(id, with_keys)`, `leases()`: keys can
/// hang
///   on a lease (`put_request::lease`), and go with it: all in one revision, in the order of their keys. A
///   key hangs on one lease at most; the last put decides. A lease that is gone (revoked, or expired for want
///   of a `keep_alive`) is `not_found`, an id that is taken `already_exists`. `leases()` are in ascending
///   order.
/// * `watch(request)`: a cursor. `expired` if the start is below the compacted revision (or the first `next`
/// says so).
/// * `changed()`: notified after a commit that changed something. A store may leave it out for those who have
///   not read anything since it was last notified.
///
/// Any member may fail with `unavailable` (nothing was done) where a disk or a network can fail; a write also
/// with `timeout`: whether it was done is unknown. `revision()` and `compacted()` then are the last ones
/// known.
///
/// Everything else (get, put, erase, optimistic writes) follows: see `store/operations.hpp`.
///
/// Laws: `store/laws.hpp` states and checks them. In short: the store and a map with a copy per revision
/// cannot be told apart (*sequential*), concurrent commits are equal to some order of them, which is the
/// order of their revisions
/// (*serial*), and cursors obey the laws of `watch_cursor`.
///
/// Models: `memory<V>`, `basic_lmdb<V>`, `basic_etcd<V>`, `any_store<V>`, and each of them with layers.
template <class S>
concept versioned_store =
    requires {
        typename S::value_type;
        typename S::cursor;
    } && std::regular<typename S::value_type> && watch_cursor<typename S::cursor, typename S::value_type> &&
    requires(S& s, S const& c, range_request const& reads, watch_request const& follows, revision_number at,
             std::span<txn<typename S::value_type> const> writes) {
        { c.revision() } -> std::same_as<revision_number>;
        { c.compacted() } -> std::same_as<revision_number>;
        { c.range(reads) } -> std::same_as<result<range_reply<typename S::value_type>>>;
        { s.commit(writes) } -> std::same_as<std::vector<result<txn_reply<typename S::value_type>>>>;
        { s.compact(at) } -> std::same_as<result<void>>;
        { s.watch(follows) } -> std::same_as<result<typename S::cursor>>;
        { s.changed() } -> std::same_as<wake_signal&>;
    } &&
    requires(S& s, S const& c, lease_request const& wish, lease_id id, bool with_keys) {
        { s.grant(wish) } -> std::same_as<result<lease_grant>>;
        { s.keep_alive(id) } -> std::same_as<result<lease_grant>>;
        { s.revoke(id) } -> std::same_as<result<revision_number>>;
        { c.time_to_live(id, with_keys) } -> std::same_as<result<lease_status>>;
        { c.leases() } -> std::same_as<result<std::vector<lease_id>>>;
    };

} // namespace berth::store
