#pragma once

/// \file
/// The documents that describe a server and not its objects: discovery, OpenAPI, version, health.

#include <berth/api/http/accept.hpp>
#include <berth/api/http/discovery.hpp>
#include <berth/api/http/health.hpp>
#include <berth/api/http/openapi.hpp>
#include <berth/api/http/openapi_v2.hpp>
#include <berth/api/http/page.hpp>
#include <berth/core/config.hpp>

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace berth::api::http {

/// The Kubernetes version whose API is spoken, for clients that compare versions.
inline constexpr std::string_view git_version = "v1.36.2+berth";

/// Answers requests for documents, of the kinds that there are at the time.
class documents {
public:
    explicit documents(shared_registry kinds) : kinds_(std::move(kinds)) {}

    /// Where the server listens, e.g. `127.0.0.1:8080`.
    auto set_address(std::string address) -> void { address_ = std::move(address); }
    /// Adds something to look at before saying that all is well.
    auto add_check(health_check check) -> void { checks_.push_back(std::move(check)); }
    /// Appends figures to `/metrics`, in the Prometheus text format.
    auto set_metrics(std::function<void(std::string&)> append) -> void { metrics_ = std::move(append); }

    /// Adds a document at a path of its own. To be called before there are requests.
    auto add_page(page p) -> void { pages_.push_back(std::move(p)); }

    /// The answer to a request for a document; only for routes that are not `objects`.
    [[nodiscard]] auto answer(request const& q, route const& r) const -> response;

    /// What is answered of a path below a group and version that does not exist.
    [[nodiscard]] auto unknown_below(route const& r) const -> response {
        auto const known = kinds_.snapshot();
        auto const served = r.group.empty() || known->has_group(r.group);
        return served && !is_custom_group(*known, r.group) ? failure(unknown_resource()) : page_not_found();
    }

private:
    static auto json(std::string text) -> response;
    static auto json_or(std::string text, response otherwise) -> response {
        return text.empty() ? std::move(otherwise) : json(std::move(text));
    }

    /// A document of the versions or groups that there are, as it is asked for.
    auto discovery(request const& q, bool core, std::function<std::string()> const& plain) const -> response;
    auto aggregated(bool core) const -> response;

    /// The documents of the present kinds: made when they are first asked for, and once per registry.
    auto openapi() const -> std::shared_ptr<openapi_documents const>;

    auto old_openapi(request const& q) const -> response;

    auto openapi_document(request const& q, route const& r) const -> response;

    auto own_page(request const& q) const -> response;

    auto root_text() const -> std::string;

    static auto version_text() -> std::string;

    auto health(request const& q, route const& r) const -> response;

    auto metrics() const -> response;

    shared_registry kinds_;
    std::string address_;
    std::function<void(std::string&)> metrics_;
    std::vector<health_check> checks_{{"ping", [] { return result<void>(); }}};
    std::vector<page> pages_;
    mutable std::mutex openapi_mutex_;
    mutable registry_snapshot openapi_of_;
    mutable std::shared_ptr<openapi_documents const> openapi_;
};

} // namespace berth::api::http

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/api/http/documents.ipp>
#endif
