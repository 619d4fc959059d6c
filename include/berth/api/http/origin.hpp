#pragma once

/// \file
/// Keeps web pages out. A server without authentication on a loopback address is within reach of every page
/// that the machine's user opens; what such a page sends can be told by two header fields.

#include <algorithm>
#include <string_view>

namespace berth::api::http {

namespace detail {

/// The host of `host:port` or `[address]:port`.
inline auto without_port(std::string_view host) -> std::string_view {
    if (host.starts_with('[')) return host.substr(0, host.find(']') + 1);
    return host.substr(0, host.rfind(':'));
}

/// Whether a host is an address and not a name; who owns a name can let it mean any address.
inline auto is_address(std::string_view host) -> bool {
    if (host.starts_with('[')) return true;
    auto const part = [](char c) { return (c >= '0' && c <= '9') || c == '.'; };
    return !host.empty() && std::all_of(host.begin(), host.end(), part);
}

} // namespace detail

/// Whether a request's Host field names this machine: an address or `localhost` (or nothing, as in HTTP/1.0).
/// Any other name may have been made to mean this machine by somebody else (DNS rebinding).
[[nodiscard]] inline auto is_own_host(std::string_view host) -> bool {
    auto const name = detail::without_port(host);
    return name.empty() || name == "localhost" || detail::is_address(name);
}

/// Whether a request comes from a page of another origin: browsers say so in the Origin field, and programs
/// that are not browsers do not send it.
[[nodiscard]] inline auto is_cross_origin(std::string_view origin, std::string_view host) -> bool {
    constexpr std::string_view scheme = "http://";
    return !origin.empty() && !(origin.starts_with(scheme) && origin.substr(scheme.size()) == host);
}

} // namespace berth::api::http
