#pragma once

/// \file
/// The bodies of `berth/api/http/route.hpp`.

#include <berth/api/http/route.hpp>
#include <berth/core/config.hpp>

namespace berth::api::http::detail {

/// The segments of a path without the slashes at its ends.
inline auto segments(std::string_view path) -> std::vector<std::string_view> {
    while (path.starts_with('/')) path.remove_prefix(1);
    while (path.ends_with('/')) path.remove_suffix(1);
    auto out = std::vector<std::string_view>();
    while (!path.empty()) {
        auto const slash = path.find('/');
        out.push_back(path.substr(0, slash));
        if (slash == std::string_view::npos) break;
        path.remove_prefix(slash + 1);
    }
    return out;
}

/// What follows `/api/v1` or `/apis/apps/v1`.
inline auto split_objects(route& out, std::span<std::string_view const> rest) -> void {
    if (rest[0] == "watch") {
        out.old_watch = true;
        rest = rest.subspan(1);
        if (rest.empty()) return;
    }
    if (rest[0] == "namespaces" && rest.size() > 2) {
        out.namespace_ = rest[1];
        rest = rest.subspan(2);
    }
    out.plural = rest[0];
    if (rest.size() > 1) out.name = rest[1];
    if (rest.size() > 2) out.subresource = rest[2];
    out.deeper = rest.size() > 3;
}

inline auto split_api(route& out, std::span<std::string_view const> parts, bool core) -> void {
    using area = route::area;
    if (parts.empty()) {
        out.where = core ? area::core_versions : area::groups;
        return;
    }
    if (!core) {
        out.group = parts[0];
        parts = parts.subspan(1);
        if (parts.empty()) {
            out.where = area::group;
            return;
        }
    }
    out.version = parts[0];
    parts = parts.subspan(1);
    out.where = parts.empty() ? area::resources : area::objects;
    if (!parts.empty()) split_objects(out, parts);
}

inline auto split_openapi(route& out, std::span<std::string_view const> parts) -> void {
    if (parts.empty()) {
        out.where = route::area::openapi_index;
    } else if (parts.size() == 2 && parts[0] == "api") {
        out.where = route::area::openapi;
        out.version = parts[1];
    } else if (parts.size() == 3 && parts[0] == "apis") {
        out.where = route::area::openapi;
        out.group = parts[1];
        out.version = parts[2];
    }
}

} // namespace berth::api::http::detail

namespace berth::api::http {

BERTH_DECL auto parse_path(std::string_view path) -> route {
    using area = route::area;
    auto out = route{};
    auto const parts = detail::segments(path);
    auto const rest = std::span(parts).subspan(parts.empty() ? 0 : 1);
    if (parts.empty()) out.where = area::root;
    else if (parts[0] == "api" || parts[0] == "apis") detail::split_api(out, rest, parts[0] == "api");
    else if (parts[0] == "openapi" && parts.size() == 2 && parts[1] == "v2") out.where = area::openapi_v2;
    else if (parts[0] == "openapi" && parts.size() > 1 && parts[1] == "v3")
        detail::split_openapi(out, rest.subspan(1));
    else if (parts[0] == "version" && parts.size() == 1) out.where = area::version;
    else if (parts[0] == "metrics" && parts.size() == 1) out.where = area::metrics;
    else if ((parts[0] == "healthz" || parts[0] == "livez" || parts[0] == "readyz") && parts.size() <= 2) {
        out.where = area::health;
        if (parts.size() == 2) out.name = parts[1];
    }
    return out;
}

} // namespace berth::api::http

namespace berth::api::http::detail {

/// The verb of a method on an object, a collection, or a subresource. Nothing: not allowed there.
inline auto verb_of(std::string_view method, route const& r, bool watch, bool whole_kind)
    -> std::optional<verb> {
    auto const item = !r.name.empty();
    if (method == "GET" || method == "HEAD") {
        if (r.old_watch || (!item && watch)) return verb::watch;
        return item ? verb::get : verb::list;
    }
    if (r.old_watch) return std::nullopt;
    if (method == "POST" && !r.subresource.empty()) return verb::create;
    if (item) {
        if (method == "PUT") return verb::update;
        if (method == "PATCH") return verb::patch;
        if (method == "DELETE" && r.subresource.empty()) return verb::remove;
        return std::nullopt;
    }
    if (whole_kind) return std::nullopt;
    if (method == "POST") return verb::create;
    if (method == "DELETE") return verb::remove_collection;
    return std::nullopt;
}

/// `namespaces/x/status`: a kind called `status` in `x`, unless that is a subresource of namespaces.
inline auto settle_namespace_path(registry const& kinds, route r) -> route {
    if (r.namespace_.empty() || !r.name.empty()) return r;
    auto const* const spaces = kinds.find(r.group, r.version, "namespaces");
    if (spaces == nullptr || spaces->find_subresource(r.plural) == nullptr) return r;
    r.subresource = std::exchange(r.plural, "namespaces");
    r.name = std::exchange(r.namespace_, {});
    return r;
}

/// The verb that a request seems to mean, wherever its path leads.
inline auto meant_verb(std::string_view method, route const& r, bool watch) -> std::optional<verb> {
    auto const item = !r.name.empty();
    if (method == "GET" || method == "HEAD")
        return r.old_watch || (!item && watch) ? verb::watch : item ? verb::get : verb::list;
    if (method == "POST") return verb::create;
    if (method == "PUT") return verb::update;
    if (method == "PATCH") return verb::patch;
    if (method == "DELETE") return item ? verb::remove : verb::remove_collection;
    return std::nullopt;
}

inline auto not_supported(object::resource_name const& r, verb v) -> std::unexpected<error> {
    auto details = error_details{};
    details.group = r.group;
    details.kind = r.plural;
    auto message = std::string(to_string(v)) + " is not supported on resources of kind \"" +
                   std::string(r.plural) + "." + std::string(r.group) + "\"";
    return fail(error_code::method_not_allowed, std::move(message), std::move(details));
}

/// What a path means for kinds that are served by one handler, not by a route for each path
/// (apiextensions-apiserver 1.36, `customresource_handler.go`): it goes by the verb, and does not see what
/// the path has too much.
inline auto resolve_open(kind const& of, route const& r, std::string_view method, bool watch)
    -> result<operation> {
    auto const* const sub = r.subresource.empty() ? nullptr : of.find_subresource(r.subresource);
    auto const what = meant_verb(method, r, watch);
    auto const all_namespaces = what == verb::list || what == verb::watch;
    auto const placed =
        of.resource->namespaced ? !r.namespace_.empty() || all_namespaces : r.namespace_.empty();
    if (!placed) return std::unexpected(unknown_resource());
    if (!r.subresource.empty() && sub == nullptr) return not_found(*of.resource, r.name);
    if (!what) return std::unexpected(method_not_allowed());
    if (!(sub == nullptr ? of.has_verb(*what) : sub->has_verb(*what)))
        return not_supported(*of.resource, *what);
    if (r.name.empty() && (what == verb::update || what == verb::patch))
        return bad_request("name must be provided");
    auto const fresh = what == verb::create && sub == nullptr;
    return operation{&of, *what, r.namespace_, fresh ? std::string() : r.name, sub};
}

} // namespace berth::api::http::detail

namespace berth::api::http {

BERTH_DECL auto resolve(registry const& kinds, route const& path, std::string_view method, bool watch)
    -> result<operation> {
    auto const r = detail::settle_namespace_path(kinds, path);
    auto const* of = kinds.find(r.group, r.version, r.plural);
    if (of != nullptr && of->documents.open) return detail::resolve_open(*of, r, method, watch);
    if (of == nullptr || r.deeper) return std::unexpected(unknown_resource());
    auto const namespaced = of->resource->namespaced;
    auto const misplaced = namespaced ? r.namespace_.empty() && !r.name.empty() : !r.namespace_.empty();
    if (misplaced) return std::unexpected(unknown_resource());
    auto const* const sub = r.subresource.empty() ? nullptr : of->find_subresource(r.subresource);
    if (!r.subresource.empty() && sub == nullptr) return std::unexpected(unknown_resource());
    auto const what = detail::verb_of(method, r, watch, namespaced && r.namespace_.empty());
    if (!what || !(sub == nullptr ? of->has_verb(*what) : sub->has_verb(*what)))
        return std::unexpected(method_not_allowed());
    return operation{of, *what, r.namespace_, r.name, sub};
}

} // namespace berth::api::http
