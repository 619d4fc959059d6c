#pragma once

/// \file
/// The bodies of `berth/api/http/documents.hpp`.

#include <berth/api/http/documents.hpp>
#include <berth/core/config.hpp>

#include <algorithm>

namespace berth::api::http {

BERTH_DECL auto documents::answer(request const& q, route const& r) const -> response {
    using area = route::area;
    auto const known = kinds_.snapshot();
    if (r.where == area::elsewhere) return own_page(q);
    if (q.method != "GET" && q.method != "HEAD") return failure(method_not_allowed());
    switch (r.where) {
    case area::root: return json(root_text());
    case area::core_versions: return discovery(q, true, [&] { return core_versions_text(*known, address_); });
    case area::groups: return discovery(q, false, [&] { return groups_text(*known); });
    case area::group: return json_or(group_text(*known, r.group), page_not_found());
    case area::resources: return json_or(resources_text(*known, r.group, r.version), unknown_below(r));
    case area::openapi_v2: return old_openapi(q);
    case area::openapi_index: return json(openapi()->index());
    case area::openapi: return openapi_document(q, r);
    case area::version: return json(version_text());
    case area::health: return health(q, r);
    case area::metrics: return metrics();
    default: return page_not_found();
    }
}

BERTH_DECL auto documents::own_page(request const& q) const -> response {
    for (auto const& p : pages_) {
        if (p.path != q.path) continue;
        if (q.method != "GET" && q.method != "HEAD") return failure(method_not_allowed());
        auto out = json(p.text(address_));
        out.content_type = p.content_type;
        if (!p.cache_control.empty()) out.headers.emplace_back("Cache-Control", p.cache_control);
        return out;
    }
    return page_not_found();
}

BERTH_DECL auto documents::json(std::string text) -> response {
    auto out = response{};
    out.text = std::move(text);
    return out;
}

BERTH_DECL auto documents::discovery(request const& q, bool core,
                                     std::function<std::string()> const& plain) const -> response {
    auto const how = negotiate_discovery(q.accept);
    if (!how) return failure(how.error(), negotiate_refusal(q.accept));
    return how->aggregated_discovery ? aggregated(core) : json(plain());
}

BERTH_DECL auto documents::aggregated(bool core) const -> response {
    auto out = json(aggregated_text(*kinds_.snapshot(), core));
    out.content_type = aggregated_type;
    return out;
}

BERTH_DECL auto documents::openapi() const -> std::shared_ptr<openapi_documents const> {
    auto known = kinds_.snapshot();
    auto const lock = std::scoped_lock(openapi_mutex_);
    if (openapi_of_ != known) {
        openapi_ = std::make_shared<openapi_documents const>(*known);
        openapi_of_ = std::move(known);
    }
    return openapi_;
}

BERTH_DECL auto documents::old_openapi(request const& q) const -> response {
    auto out = json(openapi_v2_text(*kinds_.snapshot()));
    if (q.accept.find("proto-openapi.spec.v2") == std::string_view::npos) return out;
    out.text = openapi_v2_protobuf(out.text);
    out.content_type = openapi_v2_type;
    return out;
}

BERTH_DECL auto documents::openapi_document(request const& q, route const& r) const -> response {
    auto const all = openapi();
    auto const* found = all->find(r.group, r.version);
    if (found == nullptr) return page_not_found();
    auto out = json(found->text);
    out.headers.emplace_back("ETag", "\"" + found->hash + "\"");
    if (q.parameters.text("hash") == found->hash)
        out.headers.emplace_back("Cache-Control", "public, immutable");
    return out;
}

BERTH_DECL auto documents::root_text() const -> std::string {
    auto paths = std::vector<std::string>{"/api",     "/apis",       "/healthz", "/livez",
                                          "/metrics", "/openapi/v3", "/readyz",  "/version"};
    for (auto const& p : pages_) paths.push_back(p.path);
    auto const known = kinds_.snapshot();
    for (auto const& g : groups_of(*known)) {
        if (!g.name.empty()) paths.push_back("/apis/" + std::string(g.name));
        for (auto const& v : g.versions)
            paths.push_back((g.name.empty() ? "/api/" : "/apis/") + detail::group_version(g.name, v));
    }
    std::sort(paths.begin(), paths.end());
    auto out = std::string("{");
    detail::append_strings(out, "paths", {paths.begin(), paths.end()});
    return out.erase(1, 1) += '}';
}

BERTH_DECL auto documents::version_text() -> std::string {
    return R"({"major":"1","minor":"36","gitVersion":")" + std::string(git_version) +
           R"(","gitCommit":"","gitTreeState":"clean","buildDate":"1970-01-01T00:00:00Z","goVersion":"",)"
           R"("compiler":"c++","platform":"linux/amd64"})";
}

BERTH_DECL auto documents::health(request const& q, route const& r) const -> response {
    if (!r.name.empty()) return health_of(checks_, r.name);
    return health_of(checks_, std::string_view(q.path).substr(1), q.parameters);
}

BERTH_DECL auto documents::metrics() const -> response {
    auto out = text_response(200, "");
    out.content_type = "text/plain; version=0.0.4; charset=utf-8";
    if (metrics_) metrics_(out.text);
    return out;
}

} // namespace berth::api::http
