#pragma once

/// \file
/// Where a request goes: from a method and a path to a kind, an object and a verb, as kube-apiserver's
/// `RequestInfo` and its routes do it (apiserver 1.36, `endpoints/request`, `endpoints/installer.go`).

#include <berth/api/http/query.hpp>
#include <berth/api/http/status.hpp>
#include <berth/api/registry.hpp>
#include <berth/core/config.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace berth::api::http {

/// A path, taken apart.
struct route {
    enum class area : std::uint8_t {
        elsewhere,     ///< not a path of ours
        root,          ///< `/`
        core_versions, ///< `/api`
        groups,        ///< `/apis`
        group,         ///< `/apis/apps`
        resources,     ///< `/api/v1`, `/apis/apps/v1`
        objects,       ///< below a group and version
        openapi_index, ///< `/openapi/v3`
        openapi_v2,    ///< `/openapi/v2`
        openapi,       ///< `/openapi/v3/apis/apps/v1`
        version,       ///< `/version`
        health,        ///< `/healthz`, `/livez`, `/readyz`, and their checks
        metrics,       ///< `/metrics`
    };

    area where = area::elsewhere;
    std::string group; ///< empty: the core group
    std::string version;
    std::string plural;
    std::string namespace_;
    std::string name; ///< of an object; of a health check
    std::string subresource;
    bool old_watch = false; ///< `/api/v1/watch/...`
    bool deeper = false;    ///< the path goes on behind the subresource
};

/// Takes a decoded path apart. Every path has a route; one that is not ours leads `elsewhere`.
[[nodiscard]] BERTH_DECL auto parse_path(std::string_view path) -> route;

/// What a request for objects asks for.
struct operation {
    kind const* of = nullptr;
    verb what = verb::get;
    std::string namespace_;
    std::string name;
    api::subresource const* subresource = nullptr; ///< null: the object itself

    [[nodiscard]] auto where() const -> object::key { return {namespace_, name}; }
    /// The name of the subresource; empty for the object itself.
    [[nodiscard]] auto part() const -> std::string {
        return subresource == nullptr ? std::string() : std::string(subresource->name);
    }
};

namespace detail {

inline auto contains(auto const& range, auto const& value) -> bool {
    return std::find(range.begin(), range.end(), value) != range.end();
}

} // namespace detail

/// Finds what a request for objects asks for. `watch` says whether its parameters ask for one.
/// Errors: `not_found` and `method_not_allowed`, in kube-apiserver's words.
[[nodiscard]] BERTH_DECL auto resolve(registry const& kinds, route const& path, std::string_view method,
                                      bool watch) -> result<operation>;

} // namespace berth::api::http

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/api/http/route.ipp>
#endif
