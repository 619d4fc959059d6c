#pragma once

/// \file
/// Where a server listens, out of its URL.

#include <berth/core/config.hpp>
#include <berth/core/error.hpp>

#include <string>
#include <string_view>

namespace berth::net {

/// Where a server listens.
struct endpoint {
    bool tls = false;
    std::string host{};
    std::string port{};
    std::string url{};       ///< as it was given, for messages
    std::string authority{}; ///< for the `Host` header
    std::string tls_name{};  ///< whom the certificate must name; empty: the host
};

/// Reads `http://host:port` or `https://host:port`; without a port it is `default_port`. Errors:
/// `bad_request`.
[[nodiscard]] BERTH_DECL auto parse_endpoint(std::string_view url, std::string_view default_port)
    -> result<endpoint>;

} // namespace berth::net

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/core/net/endpoint.ipp>
#endif
