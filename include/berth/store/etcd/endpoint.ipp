#pragma once

/// \file
/// The bodies of `berth/store/etcd/endpoint.hpp`.

#include <berth/core/config.hpp>
#include <berth/store/etcd/endpoint.hpp>

namespace berth::store::detail {

BERTH_DECL auto parse_endpoint(std::string_view url) -> result<etcd_endpoint> {
    auto const refuse = [&] {
        return fail(error_code::bad_request,
                    "store: \"" + std::string{url} +
                        "\" is no endpoint; write http://host:port or https://host:port");
    };
    auto out = etcd_endpoint{};
    out.url = url;
    out.tls = url.starts_with("https://");
    if (!out.tls && !url.starts_with("http://")) return refuse();
    auto rest = url.substr(out.tls ? 8 : 7);
    if (rest.ends_with('/')) rest.remove_suffix(1);
    out.authority = rest;
    auto const bracket = rest.find(']');
    auto const colon = rest.find(':', rest.starts_with('[') && bracket != rest.npos ? bracket : 0);
    out.port = colon == rest.npos ? "2379" : std::string{rest.substr(colon + 1)};
    auto host = rest.substr(0, colon);
    if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
    out.host = host;
    auto const is_digit = [](char c) { return c >= '0' && c <= '9'; };
    auto const is_odd = [](char c) { return c <= ' ' || c == '/' || c == '@' || c == '?' || c == '#'; };
    auto const port_is_good =
        !out.port.empty() && out.port.size() <= 5 && std::ranges::all_of(out.port, is_digit);
    if (host.empty() || !port_is_good || std::ranges::any_of(host, is_odd)) return refuse();
    return out;
}

} // namespace berth::store::detail
