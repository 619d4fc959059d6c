#pragma once

/// \file
/// Keeps web pages out. A server without authentication on a loopback address is within reach of every page
/// that the machine's user opens; what such a page sends can be told by two header fields.

#include <berth/core/config.hpp>

#include <string_view>

namespace berth::api::http {

namespace detail {

/// The host of `host:port` or `[address]:port`.
BERTH_DECL auto without_port(std::string_view host) -> std::string_view;

/// Whether a host is an address and not a name; who owns a name can let it mean any address.
BERTH_DECL auto is_address(std::string_view host) -> bool;

} // namespace detail

/// Whether a request's Host field names this machine: an address or `localhost` (or nothing, as in HTTP/1.0).
/// Any other name may have been made to mean this machine by somebody else (DNS rebinding).
[[nodiscard]] inline auto is_own_host(std::string_view host) -> bool {
    auto const name = detail::without_port(host);
    return name.empty() || name == "localhost" || detail::is_address(name);
}

/// Whether a request comes from a page of another origin: browsers say so in the Origin field, and programs
/// that are not browsers do not send it.
[[nodiscard]] BERTH_DECL auto is_cross_origin(std::string_view origin, std::string_view host) -> bool;

} // namespace berth::api::http

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/api/http/origin.ipp>
#endif
