#pragma once

/// \file
/// A document that an HTTP server has besides its own.

#include <functional>
#include <string>
#include <string_view>

namespace berth::api::http {

/// A document at a path of its own, such as `/openid/v1/jwks`: its text, given where the server listens.
struct page {
    std::string path;
    std::string_view content_type = "application/json";
    std::string_view cache_control = {}; ///< empty: it is not told
    std::function<std::string(std::string const& address)> text;
};

} // namespace berth::api::http
