#pragma once

/// \file
/// Leases as plain values: etcd v3's lease API (etcd 3.5 `rpc.proto`, `server/lease/lessor.go`).

#include <berth/store/fwd.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace berth::store {

/// The greatest time to live that can be asked for, in seconds (etcd's `MaxLeaseTTL`).
inline constexpr std::int64_t greatest_ttl = 9'000'000'000;

/// Ask for a lease: keys that hang on it are deleted, all in one revision, when nobody has kept it alive for
/// its time to live, or when it is revoked.
struct lease_request {
    std::int64_t ttl = 0; ///< seconds; what is less than the store's least is raised to it
    lease_id id = 0;      ///< 0: the store chooses one
};

/// A lease that was granted or kept alive.
struct lease_grant {
    lease_id id = 0;
    std::int64_t ttl = 0; ///< seconds from now; the store may have raised what was asked for

    friend auto operator==(lease_grant const&, lease_grant const&) -> bool = default;
};

/// How a lease stands.
struct lease_status {
    lease_id id = 0;
    std::int64_t granted_ttl = 0;    ///< seconds: what each keep-alive gives
    std::int64_t ttl = 0;            ///< whole seconds left; 0 in the last one
    std::vector<std::string> keys{}; ///< the keys that hang on it, in order, if asked for

    friend auto operator==(lease_status const&, lease_status const&) -> bool = default;
};

} // namespace berth::store
