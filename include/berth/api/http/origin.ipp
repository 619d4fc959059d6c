#pragma once

/// \file
/// The bodies of `berth/api/http/origin.hpp`.

#include <berth/api/http/origin.hpp>
#include <berth/core/config.hpp>

#include <algorithm>

namespace berth::api::http::detail {

BERTH_DECL auto without_port(std::string_view host) -> std::string_view {
    if (host.starts_with('[')) return host.substr(0, host.find(']') + 1);
    return host.substr(0, host.rfind(':'));
}

BERTH_DECL auto is_address(std::string_view host) -> bool {
    if (host.starts_with('[')) return true;
    auto const part = [](char c) { return (c >= '0' && c <= '9') || c == '.'; };
    return !host.empty() && std::all_of(host.begin(), host.end(), part);
}

} // namespace berth::api::http::detail

namespace berth::api::http {

BERTH_DECL auto is_cross_origin(std::string_view origin, std::string_view host) -> bool {
    constexpr std::string_view scheme = "http://";
    return !origin.empty() && !(origin.starts_with(scheme) && origin.substr(scheme.size()) == host);
}

} // namespace berth::api::http
