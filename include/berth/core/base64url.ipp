#pragma once

/// \file
/// The bodies of `berth/core/base64url.hpp`.

#include <berth/core/base64.hpp>
#include <berth/core/base64url.hpp>
#include <berth/core/config.hpp>

#include <algorithm>

namespace berth {

BERTH_DECL auto base64url_encode(std::string_view bytes) -> std::string {
    auto out = base64_encode(bytes);
    std::replace(out.begin(), out.end(), '+', '-');
    std::replace(out.begin(), out.end(), '/', '_');
    out.erase(out.find_last_not_of('=') + 1);
    return out;
}

BERTH_DECL auto base64url_decode(std::string_view text) -> result<std::string> {
    auto standard = std::string(text);
    for (auto& c : standard)
        c = c == '-' ? '+' : c == '_' ? '/' : c == '+' || c == '/' ? '!' : c; // `!`: refused
    standard.append((4 - standard.size() % 4) % 4, '=');
    return base64_decode(standard);
}

} // namespace berth
