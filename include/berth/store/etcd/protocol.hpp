#pragma once

/// \file
/// Names and numbers of etcd's gRPC interface (etcd 3.4 to 3.6, `rpc.proto` and `kv.proto`).

#include <cstdint>
#include <string_view>

namespace berth::store::detail {

/// What can be called.
namespace rpc {

inline constexpr std::string_view range = "/etcdserverpb.KV/Range";
inline constexpr std::string_view put = "/etcdserverpb.KV/Put";
inline constexpr std::string_view delete_range = "/etcdserverpb.KV/DeleteRange";
inline constexpr std::string_view txn = "/etcdserverpb.KV/Txn";
inline constexpr std::string_view compact = "/etcdserverpb.KV/Compact";
inline constexpr std::string_view watch = "/etcdserverpb.Watch/Watch";
inline constexpr std::string_view lease_grant = "/etcdserverpb.Lease/LeaseGrant";
inline constexpr std::string_view lease_revoke = "/etcdserverpb.Lease/LeaseRevoke";
inline constexpr std::string_view lease_keep_alive = "/etcdserverpb.Lease/LeaseKeepAlive";
inline constexpr std::string_view lease_time_to_live = "/etcdserverpb.Lease/LeaseTimeToLive";
inline constexpr std::string_view lease_leases = "/etcdserverpb.Lease/LeaseLeases";
inline constexpr std::string_view authenticate = "/etcdserverpb.Auth/Authenticate";
inline constexpr std::string_view status = "/etcdserverpb.Maintenance/Status";

} // namespace rpc

/// The numbers of the fields of messages, for each message by its name. Answers have their header first.
namespace field {

inline constexpr std::uint32_t header = 1;
inline constexpr std::uint32_t header_revision = 3;

struct key_value {
    static constexpr std::uint32_t key = 1, create_revision = 2, mod_revision = 3, version = 4, value = 5,
                                   lease = 6;
};
struct event {
    static constexpr std::uint32_t type = 1, kv = 2, prev_kv = 3;
};
struct range_request {
    static constexpr std::uint32_t key = 1, range_end = 2, limit = 3, revision = 4, sort_order = 5,
                                   keys_only = 8, count_only = 9;
};
struct range_response {
    static constexpr std::uint32_t kvs = 2, more = 3, count = 4;
};
struct put_request {
    static constexpr std::uint32_t key = 1, value = 2, lease = 3, prev_kv = 4, ignore_value = 5,
                                   ignore_lease = 6;
};
struct put_response {
    static constexpr std::uint32_t prev_kv = 2;
};
struct delete_range_request {
    static constexpr std::uint32_t key = 1, range_end = 2, prev_kv = 3;
};
struct delete_range_response {
    static constexpr std::uint32_t deleted = 2, prev_kvs = 3;
};
/// Of a step of a transaction, and of its answer.
struct operation {
    static constexpr std::uint32_t range = 1, put = 2, delete_range = 3, txn = 4;
};
struct compare {
    static constexpr std::uint32_t result = 1, target = 2, key = 3, version = 4, create_revision = 5,
                                   mod_revision = 6, value = 7, lease = 8, range_end = 64;
};
struct txn_request {
    static constexpr std::uint32_t compare = 1, success = 2, failure = 3;
};
struct txn_response {
    static constexpr std::uint32_t succeeded = 2, responses = 3;
};
struct compaction_request {
    static constexpr std::uint32_t revision = 1;
};
struct watch_request {
    static constexpr std::uint32_t create_request = 1;
};
struct watch_create_request {
    static constexpr std::uint32_t key = 1, range_end = 2, start_revision = 3, progress_notify = 4,
                                   prev_kv = 6, fragment = 8;
};
struct watch_response {
    static constexpr std::uint32_t watch_id = 2, created = 3, canceled = 4, compact_revision = 5,
                                   cancel_reason = 6, fragment = 7, events = 11;
};
struct lease_grant_request {
    static constexpr std::uint32_t ttl = 1, id = 2;
};
/// Of what answers a grant, a keep-alive and a look at a lease.
struct lease_response {
    static constexpr std::uint32_t id = 2, ttl = 3, granted_ttl = 4, keys = 5;
};
/// Of what revokes a lease, keeps it alive and looks at it.
struct lease_request {
    static constexpr std::uint32_t id = 1, keys = 2;
};
struct lease_leases_response {
    static constexpr std::uint32_t leases = 2;
};
struct lease_status {
    static constexpr std::uint32_t id = 1;
};
struct authenticate_request {
    static constexpr std::uint32_t name = 1, password = 2;
};
struct authenticate_response {
    static constexpr std::uint32_t token = 2;
};
struct status_response {
    static constexpr std::uint32_t version = 2;
};

} // namespace field

} // namespace berth::store::detail
