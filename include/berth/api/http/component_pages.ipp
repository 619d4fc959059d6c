#pragma once

/// \file
/// The bodies of `berth/api/http/component_pages.hpp`.

#include <berth/api/http/component_pages.hpp>
#include <berth/core/config.hpp>

#include <string_view>

namespace berth::api::http {

BERTH_DECL auto component_pages::operator()(request const& q) const -> answer {
    if (q.method != "GET" && q.method != "HEAD") return text_response(405, "405 method not allowed\n");
    if (q.path == "/metrics" && metrics) {
        auto out = text_response(200, metrics());
        out.content_type = "text/plain; version=0.0.4; charset=utf-8";
        return out;
    }
    auto const path = q.path.empty() ? q.path : q.path.substr(1);
    auto const slash = path.find('/');
    auto const page = path.substr(0, slash);
    auto const& source = page == "readyz" ? readiness : health;
    if ((page != "healthz" && page != "livez" && page != "readyz") || !source) return page_not_found();
    auto const checks = source();
    if (slash == std::string_view::npos) return health_of(checks, page, q.parameters);
    return health_of(checks, path.substr(slash + 1));
}

} // namespace berth::api::http
