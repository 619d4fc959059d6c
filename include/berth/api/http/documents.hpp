#pragma once

/// \file
/// The documents that describe a server and not its objects: discovery, OpenAPI, version, health.

#include <berth/api/http/accept.hpp>
#include <berth/api/http/discovery.hpp>
#include <berth/api/http/openapi.hpp>
#include <berth/api/http/openapi_v2.hpp>

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

namespace berth::api::http {

/// The Kubernetes version whose API is spoken, for clients that compare versions.
inline constexpr std::string_view git_version = "v1.36.2+berth";

/// A plain text.
[[nodiscard]] inline auto text_response(unsigned status, std::string text) -> response {
    auto out = response{};
    out.status = status;
    out.content_type = "text/plain; charset=utf-8";
    out.text = std::move(text);
    return out;
}

/// What is answered of a path that nobody knows.
[[nodiscard]] inline auto page_not_found() -> response { return text_response(404, "404 page not found\n"); }

/// Answers requests for documents, of the kinds that there are at the time.
class documents {
public:
    explicit documents(shared_registry kinds) : kinds_(std::move(kinds)) {}

    /// Where the server listens, e.g. `127.0.0.1:8080`.
    auto set_address(std::string address) -> void { address_ = std::move(address); }
    /// Appends figures to `/metrics`, in the Prometheus text format.
    auto set_metrics(std::function<void(std::string&)> append) -> void { metrics_ = std::move(append); }

    /// The answer to a request for a document; only for routes that are not `objects`.
    [[nodiscard]] auto answer(request const& q, route const& r) const -> response {
        using area = route::area;
        auto const known = kinds_.snapshot();
        if (r.where == area::elsewhere) return page_not_found();
        if (q.method != "GET" && q.method != "HEAD") return failure(method_not_allowed());
        switch (r.where) {
        case area::root: return json(root_text());
        case area::core_versions:
            if (negotiate_discovery(q.accept).aggregated_discovery) return aggregated(true);
            return json(core_versions_text(*known, address_));
        case area::groups:
            if (negotiate_discovery(q.accept).aggregated_discovery) return aggregated(false);
            return json(groups_text(*known));
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

    /// What is answered of a path below a group and version that does not exist.
    [[nodiscard]] auto unknown_below(route const& r) const -> response {
        return r.group.empty() || kinds_.snapshot()->has_group(r.group) ? failure(unknown_resource())
                                                                        : page_not_found();
    }

private:
    static auto json(std::string text) -> response {
        auto out = response{};
        out.text = std::move(text);
        return out;
    }
    static auto json_or(std::string text, response otherwise) -> response {
        return text.empty() ? std::move(otherwise) : json(std::move(text));
    }

    auto aggregated(bool core) const -> response {
        auto out = json(aggregated_text(*kinds_.snapshot(), core));
        out.content_type = aggregated_type;
        return out;
    }

    /// The documents of the present kinds: made when they are first asked for, and once per registry.
    auto openapi() const -> std::shared_ptr<openapi_documents const> {
        auto known = kinds_.snapshot();
        auto const lock = std::scoped_lock(openapi_mutex_);
        if (openapi_of_ != known) {
            openapi_ = std::make_shared<openapi_documents const>(*known);
            openapi_of_ = std::move(known);
        }
        return openapi_;
    }

    auto old_openapi(request const& q) const -> response {
        auto out = json(openapi_v2_text(*kinds_.snapshot()));
        if (q.accept.find("proto-openapi.spec.v2") == std::string_view::npos) return out;
        out.text = openapi_v2_protobuf(out.text);
        out.content_type = openapi_v2_type;
        return out;
    }

    auto openapi_document(request const& q, route const& r) const -> response {
        auto const all = openapi();
        auto const* found = all->find(r.group, r.version);
        if (found == nullptr) return page_not_found();
        auto out = json(found->text);
        out.headers.emplace_back("ETag", "\"" + found->hash + "\"");
        if (q.parameters.text("hash") == found->hash)
            out.headers.emplace_back("Cache-Control", "public, immutable");
        return out;
    }

    auto root_text() const -> std::string {
        auto paths = std::vector<std::string>{"/api",     "/apis",       "/healthz", "/livez",
                                              "/metrics", "/openapi/v3", "/readyz",  "/version"};
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

    static auto version_text() -> std::string {
        return R"({"major":"1","minor":"36","gitVersion":")" + std::string(git_version) +
               R"(","gitCommit":"","gitTreeState":"clean","buildDate":"1970-01-01T00:00:00Z","goVersion":"",)"
               R"("compiler":"c++","platform":"linux/amd64"})";
    }

    static auto health(request const& q, route const& r) -> response {
        if (!r.name.empty() && r.name != "ping") return page_not_found();
        if (!q.parameters.find("verbose") || !r.name.empty()) return text_response(200, "ok");
        auto const check = q.path.substr(1);
        return text_response(200, "[+]ping ok\n" + std::string(check) + " check passed\n");
    }

    auto metrics() const -> response {
        auto out = text_response(200, "");
        out.content_type = "text/plain; version=0.0.4; charset=utf-8";
        if (metrics_) metrics_(out.text);
        return out;
    }

    shared_registry kinds_;
    std::string address_;
    std::function<void(std::string&)> metrics_;
    mutable std::mutex openapi_mutex_;
    mutable registry_snapshot openapi_of_;
    mutable std::shared_ptr<openapi_documents const> openapi_;
};

} // namespace berth::api::http
