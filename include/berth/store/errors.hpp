#pragma once

/// \file
/// The refusals of a versioned store, with etcd's own words (etcd 3.5 `api/v3rpc/rpctypes/error.go`), so that
/// every backend says the same.

#include <berth/core/error.hpp>

namespace berth::store::errors {

/// Read, watch or compaction of a revision that was compacted away.
[[nodiscard]] inline auto compacted() {
    return fail(error_code::expired, "etcdserver: mvcc: required revision has been compacted");
}
/// Read or compaction of a revision that has not happened yet.
[[nodiscard]] inline auto future_revision() {
    return fail(error_code::future_revision, "etcdserver: mvcc: required revision is a future revision");
}
[[nodiscard]] inline auto empty_key() {
    return fail(error_code::bad_request, "etcdserver: key is not provided");
}
/// A put that keeps the value or lease of a key that is not there.
[[nodiscard]] inline auto key_not_found() {
    return fail(error_code::bad_request, "etcdserver: key not found");
}
[[nodiscard]] inline auto value_provided() {
    return fail(error_code::bad_request, "etcdserver: value is provided");
}
[[nodiscard]] inline auto lease_provided() {
    return fail(error_code::bad_request, "etcdserver: lease is provided");
}
[[nodiscard]] inline auto lease_not_found() {
    return fail(error_code::not_found, "etcdserver: requested lease not found");
}
/// A grant of an id that is taken.
[[nodiscard]] inline auto lease_exists() {
    return fail(error_code::already_exists, "etcdserver: lease already exists");
}
[[nodiscard]] inline auto ttl_too_large() {
    return fail(error_code::bad_request, "etcdserver: too large lease TTL");
}
[[nodiscard]] inline auto too_many_operations() {
    return fail(error_code::request_too_large, "etcdserver: too many operations in txn request");
}
[[nodiscard]] inline auto duplicate_key() {
    return fail(error_code::bad_request, "etcdserver: duplicate key given in txn request");
}
/// A comparison or a sorting of values whose type has no order.
[[nodiscard]] inline auto unordered_values() {
    return fail(error_code::bad_request,
                "store: values of this store have no order; compare them with equal or not_equal, and sort "
                "by something else");
}
/// A watch from a negative revision.
[[nodiscard]] inline auto negative_revision() {
    return fail(error_code::bad_request, "store: a watch must start at a revision of 0 or more");
}

} // namespace berth::store::errors
