#pragma once

/// \file
/// Where a member of etcd listens, out of its URL.

#include <berth/core/config.hpp>
#include <berth/core/error.hpp>

#include <algorithm>
#include <string>
#include <string_view>

namespace berth::store::detail {

struct etcd_endpoint {
    bool tls = false;
    std::string host{};
    std::string port{};
    std::string url{};       ///< as it was given, for messages
    std::string authority{}; ///< for the `Host` header
};

/// Errors: `bad_request`.
[[nodiscard]] BERTH_DECL auto parse_endpoint(std::string_view url) -> result<etcd_endpoint>;

} // namespace berth::store::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/store/etcd/endpoint.ipp>
#endif
