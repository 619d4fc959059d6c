#pragma once

/// \file
/// The bodies of `berth/api/http/discovery.hpp`.

#include <berth/api/http/discovery.hpp>
#include <berth/api/version_order.hpp>
#include <berth/core/config.hpp>

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

namespace berth::api::http {

BERTH_DECL auto groups_of(registry const& kinds) -> std::vector<api_group> {
    auto out = std::vector<api_group>();
    for (auto const& k : kinds.kinds()) {
        auto const& r = *k.resource;
        auto group = std::find_if(out.begin(), out.end(), [&](auto const& g) { return g.name == r.group; });
        if (group == out.end()) group = out.insert(out.end(), {r.group, {}});
        if (!detail::contains(group->versions, r.version)) group->versions.push_back(r.version);
    }
    auto ours = std::vector<api_group>();
    auto custom = std::vector<api_group>();
    std::partition_copy(std::move_iterator(out.begin()), std::move_iterator(out.end()),
                        std::back_inserter(custom), std::back_inserter(ours),
                        [&](api_group const& g) { return is_custom_group(kinds, g.name); });
    std::sort(custom.begin(), custom.end(), [](auto const& a, auto const& b) { return a.name < b.name; });
    for (auto& g : custom) {
        std::sort(g.versions.begin(), g.versions.end(), is_newer_version);
        ours.push_back(std::move(g));
    }
    return ours;
}

BERTH_DECL auto is_custom_group(registry const& kinds, std::string_view group) -> bool {
    auto found = false;
    for (auto const& k : kinds.kinds()) {
        if (k.resource->group != group) continue;
        if (!k.documents.open) return false;
        found = true;
    }
    return found;
}

BERTH_DECL auto kinds_of(registry const& kinds, std::string_view group, std::string_view version)
    -> std::vector<kind const*> {
    auto out = std::vector<kind const*>();
    for (auto const& k : kinds.kinds())
        if (k.resource->group == group && k.resource->version == version) out.push_back(&k);
    std::sort(out.begin(), out.end(),
              [](auto const* a, auto const* b) { return a->resource->plural < b->resource->plural; });
    return out;
}

} // namespace berth::api::http

namespace berth::api::http::detail {

BERTH_DECL auto append_strings(std::string& out, std::string_view member, std::vector<std::string_view> texts)
    -> void {
    ((out += ",\"") += member) += "\":[";
    for (std::size_t i = 0; i < texts.size(); ++i) {
        if (i != 0) out += ',';
        object::append_json_string(out, texts[i]);
    }
    out += ']';
}

BERTH_DECL auto sorted(std::vector<std::string_view> texts) -> std::vector<std::string_view> {
    std::sort(texts.begin(), texts.end());
    return texts;
}

BERTH_DECL auto verb_names(verb_list const& verbs) -> std::vector<std::string_view> {
    auto out = std::vector<std::string_view>();
    for (auto const v : verbs) out.push_back(to_string(v));
    return sorted(std::move(out));
}

/// The verbs of a kind: in the order of their names, those of custom kinds as they are.
inline auto verbs_of(kind const& k) -> std::vector<std::string_view> {
    if (!k.documents.open) return verb_names(k.verbs);
    auto out = std::vector<std::string_view>();
    for (auto const v : k.verbs) out.push_back(to_string(v));
    return out;
}

BERTH_DECL auto group_version(std::string_view group, std::string_view version) -> std::string {
    return group.empty() ? std::string(version) : std::string(group) + "/" + std::string(version);
}

/// `"groupVersion":"apps/v1","version":"v1"`
inline auto append_version(std::string& out, std::string_view group, std::string_view version) -> void {
    out += "{\"groupVersion\":";
    object::append_json_string(out, group_version(group, version));
    out += ",\"version\":";
    object::append_json_string(out, version);
    out += '}';
}

/// The members of an `APIGroup`, without the braces.
inline auto append_group(std::string& out, api_group const& g) -> void {
    out += "\"name\":";
    object::append_json_string(out, g.name);
    out += ",\"versions\":[";
    for (auto const& v : g.versions) {
        if (out.back() == '}') out += ',';
        append_version(out, g.name, v);
    }
    out += "],\"preferredVersion\":";
    append_version(out, g.name, g.versions.front());
}

inline auto append_resource(std::string& out, kind const& k) -> void {
    auto const& r = *k.resource;
    out += "{\"name\":";
    object::append_json_string(out, r.plural);
    out += ",\"singularName\":";
    object::append_json_string(out, r.singular);
    out += r.namespaced ? ",\"namespaced\":true,\"kind\":" : ",\"namespaced\":false,\"kind\":";
    object::append_json_string(out, r.kind);
    append_strings(out, "verbs", verbs_of(k));
    if (!k.short_names.empty()) append_strings(out, "shortNames", k.short_names);
    if (!k.categories.empty()) append_strings(out, "categories", k.categories);
    if (!k.documents.storage_hash.empty()) append_member(out, "storageVersionHash", k.documents.storage_hash);
    out += '}';
}

inline auto append_subresource(std::string& out, kind const& k, subresource const& s) -> void {
    auto const& of = kind_of_subresource(k, s);
    auto const foreign = of.group != k.resource->group || of.version != k.resource->version;
    out += ",{\"name\":";
    object::append_json_string(out, std::string(k.resource->plural) + "/" + std::string(s.name));
    out += k.resource->namespaced ? ",\"singularName\":\"\",\"namespaced\":true"
                                  : ",\"singularName\":\"\",\"namespaced\":false";
    if (foreign) {
        out += ",\"group\":";
        object::append_json_string(out, of.group);
        out += ",\"version\":";
        object::append_json_string(out, of.version);
    }
    out += ",\"kind\":";
    object::append_json_string(out, of.kind);
    append_strings(out, "verbs", verb_names(s.verbs));
    out += '}';
}

inline auto append_response_kind(std::string& out, object::resource_name const& r) -> void {
    out += "\"responseKind\":{\"group\":";
    object::append_json_string(out, r.group);
    out += ",\"version\":";
    object::append_json_string(out, r.version);
    out += ",\"kind\":";
    object::append_json_string(out, r.kind);
    out += '}';
}

/// A resource of the aggregated document, its subresources inside.
inline auto append_aggregated(std::string& out, kind const& k) -> void {
    auto const& r = *k.resource;
    out += "{\"resource\":";
    object::append_json_string(out, r.plural);
    out += ',';
    append_response_kind(out, r);
    out += r.namespaced ? ",\"scope\":\"Namespaced\"" : ",\"scope\":\"Cluster\"";
    out += ",\"singularResource\":";
    object::append_json_string(out, r.singular);
    append_strings(out, "verbs", verbs_of(k));
    if (!k.short_names.empty()) append_strings(out, "shortNames", k.short_names);
    if (!k.categories.empty()) append_strings(out, "categories", k.categories);
    auto const& subresources = k.subresources;
    if (!subresources.empty()) out += ",\"subresources\":[";
    for (auto const& s : subresources) {
        if (out.back() == '}') out += ',';
        out += "{\"subresource\":";
        object::append_json_string(out, s.name);
        out += ',';
        append_response_kind(out, kind_of_subresource(k, s));
        append_strings(out, "verbs", verb_names(s.verbs));
        out += '}';
    }
    out += subresources.empty() ? "}" : "]}";
}

} // namespace berth::api::http::detail

namespace berth::api::http {

BERTH_DECL auto aggregated_text(registry const& kinds, bool core) -> std::string {
    auto out = std::string(
        R"({"kind":"APIGroupDiscoveryList","apiVersion":"apidiscovery.k8s.io/v2","metadata":{},)");
    out += "\"items\":[";
    for (auto const& g : groups_of(kinds)) {
        if (g.name.empty() != core) continue;
        if (out.back() == '}') out += ',';
        out += "{\"metadata\":{";
        detail::append_member(out, "name", g.name);
        out += "},\"versions\":[";
        for (auto const& v : g.versions) {
            if (out.back() == '}') out += ',';
            out += "{\"version\":";
            object::append_json_string(out, v);
            out += ",\"resources\":[";
            for (auto const* k : kinds_of(kinds, g.name, v)) {
                if (out.back() == '}') out += ',';
                detail::append_aggregated(out, *k);
            }
            out += "],\"freshness\":\"Current\"}";
        }
        out += "]}";
    }
    return out += "]}";
}

BERTH_DECL auto core_versions_text(registry const& kinds, std::string_view address) -> std::string {
    auto out = std::string(R"({"kind":"APIVersions")");
    for (auto const& g : groups_of(kinds))
        if (g.name.empty()) detail::append_strings(out, "versions", g.versions);
    out += R"(,"serverAddressByClientCIDRs":[{"clientCIDR":"0.0.0.0/0","serverAddress":)";
    object::append_json_string(out, address);
    return out += "}]}";
}

BERTH_DECL auto groups_text(registry const& kinds) -> std::string {
    auto out = std::string(R"({"kind":"APIGroupList","apiVersion":"v1","groups":[)");
    for (auto const& g : groups_of(kinds)) {
        if (g.name.empty()) continue;
        out += out.back() == '}' ? ",{" : "{";
        detail::append_group(out, g);
        out += '}';
    }
    return out += "]}";
}

BERTH_DECL auto group_text(registry const& kinds, std::string_view name) -> std::string {
    for (auto const& g : groups_of(kinds)) {
        if (g.name != name || name.empty()) continue;
        auto out = std::string(R"({"kind":"APIGroup","apiVersion":"v1",)");
        detail::append_group(out, g);
        return out += '}';
    }
    return {};
}

BERTH_DECL auto resources_text(registry const& kinds, std::string_view group, std::string_view version)
    -> std::string {
    auto const members = kinds_of(kinds, group, version);
    if (members.empty()) return {};
    auto out = std::string("{\"kind\":\"APIResourceList\"");
    if (!group.empty()) out += ",\"apiVersion\":\"v1\"";
    out += ",\"groupVersion\":";
    object::append_json_string(out, detail::group_version(group, version));
    out += ",\"resources\":[";
    for (auto const* k : members) {
        if (out.back() == '}') out += ',';
        detail::append_resource(out, *k);
        for (auto const& s : k->subresources) detail::append_subresource(out, *k, s);
    }
    return out += "]}";
}

} // namespace berth::api::http
