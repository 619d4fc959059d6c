#pragma once

/// \file
/// The bodies of `berth/core/net/endpoint.hpp`.

#include <berth/core/config.hpp>
#include <berth/core/net/endpoint.hpp>

#include <algorithm>

namespace berth::net {

BERTH_DECL auto parse_endpoint(std::string_view url, std::string_view default_port) -> result<endpoint> {
    auto const refuse = [&] {
        return fail(error_code::bad_request,
                    "net: \"" + std::string{url} +
                        "\" is no endpoint; write http://host:port or https://host:port");
    };
    auto out = endpoint{};
    out.url = url;
    out.tls = url.starts_with("https://");
    if (!out.tls && !url.starts_with("http://")) return refuse();
    auto rest = url.substr(out.tls ? 8 : 7);
    if (rest.ends_with('/')) rest.remove_suffix(1);
    out.authority = rest;
    auto const bracket = rest.find(']');
    auto const colon = rest.find(':', rest.starts_with('[') && bracket != rest.npos ? bracket : 0);
    out.port = std::string{colon == rest.npos ? default_port : rest.substr(colon + 1)};
    auto host = rest.substr(0, colon);
    if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
    out.host = host;
    auto const is_digit = [](char c) { return c >= '0' && c <= '9'; };
    auto const is_odd = [](char c) { return c <= ' ' || c == '/' || c == '@' || c == '?' || c == '#'; };
    auto const port_is_good = !out.port.empty() && out.port.size() <= 5 &&
                              std::ranges::all_of(out.port, is_digit) && std::stoi(out.port) <= 65'535;
    if (host.empty() || !port_is_good || std::ranges::any_of(host, is_odd)) return refuse();
    return out;
}

} // namespace berth::net
