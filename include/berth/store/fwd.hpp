#pragma once

/// \file
/// The store area at a glance: etcd v3's data model as values, the `versioned_store` concept and its models.

#include <cstdint>

namespace berth::store {

/// A point in a store's history. A fresh store is at revision 1; each transaction that changes something adds
/// one.
using revision_number = std::int64_t;

/// The identity of a lease; 0 is "no lease".
using lease_id = std::int64_t;

struct key_range;
template <class V> class key_value;

struct range_request;
template <class V> struct range_reply;
template <class V> struct put_request;
template <class V> struct put_reply;
struct erase_request;
template <class V> struct erase_reply;
template <class V> struct compare;
template <class V> struct txn;
template <class V> struct txn_reply;
template <class V> struct operation;
template <class V> struct operation_reply;

struct lease_request;
struct lease_grant;
struct lease_status;

struct watch_request;
template <class V> struct event;

struct text_codec;

struct memory_options;
template <class V> class memory;
template <class V> class memory_cursor;

struct lmdb_options;
struct lmdb_size;

struct etcd_options;
enum class etcd_batching : std::uint8_t;

struct is_layer;
enum class operation_kind : std::uint8_t;
template <class V> class any_store;
template <class V> class any_cursor;

struct fault_options;
class faults;
class fencing_token;
struct history_options;
class metrics;
template <class V> struct election_options;

template <class V> struct optimistic_reply;

} // namespace berth::store
