#pragma once

/// \file
/// The bodies of `berth/kube/apiextensions/custom_resource_definition/custom_kind.hpp`.

#include <berth/core/base64.hpp>
#include <berth/core/config.hpp>
#include <berth/core/sha256.hpp>
#include <berth/kube/apiextensions/custom_resource_definition/custom_kind.hpp>
#include <berth/kube/apiextensions/custom_resource_definition/detail/custom_version.hpp>

#include <algorithm>
#include <memory>

namespace berth::kube::detail {

inline auto status_part(custom_version const* v) -> api::subresource {
    auto part = api::part{};
    part.name = "status";
    part.member = v->type->field("status");
    part.prepare = [v](void* now, void const* before) { // the status alone is written, not the metadata
        auto& m = *reinterpret_cast<object::meta*>(static_cast<char*>(now) + v->type->metadata);
        auto const& old =
            *reinterpret_cast<object::meta const*>(static_cast<char const*>(before) + v->type->metadata);
        auto managed = std::move(m.managed_fields);
        m = old;
        m.managed_fields = std::move(managed);
    };
    part.validate = [v](void const* now, void const* before, api::field_errors& errors) {
        v->validate_status(now, before, errors);
    };
    using enum api::verb;
    return {"status", {get, patch, update}, nullptr, std::move(part)};
}

inline auto scale_projection(custom_version const* v) -> api::subresource {
    auto shown = api::projection{};
    shown.name = "scale";
    shown.type = &object::type_of<api::scale>();
    shown.read = [v](void const* o) { return v->scale_of(o); };
    shown.write = [v](void* o, void const* asked, api::field_errors&) { v->write_scale(o, asked); };
    shown.columns = api::detail::scale_columns();
    using enum api::verb;
    return {"scale", {get, patch, update}, &api::scale::resource, std::move(shown)};
}

/// See `custom_versions::storage_hash`.
inline auto storage_hash_of(object::resource_name const& r) -> std::string {
    auto name = std::string(r.group);
    ((name += '/') += r.version) += '/';
    auto const digest = sha256(name += r.kind);
    auto bytes = std::string();
    for (std::size_t i = 0; i < 8; ++i) bytes += static_cast<char>(digest[i]);
    return base64_encode(bytes);
}

inline auto name_column_of(custom_version const* v) -> api::column {
    auto out = api::column{};
    out.name = "Name";
    out.format = "name";
    out.description = api::name_description;
    out.value = [type = v->type](void const* o, time_point) -> api::cell {
        return reinterpret_cast<object::meta const*>(static_cast<char const*>(o) + type->metadata)->name;
    };
    return out;
}

inline auto add_shape(api::kind& k, custom_version const* v) -> void {
    k.columns.push_back(name_column_of(v));
    for (auto const& c : v->columns) {
        auto column = api::column{};
        column.name = c.name;
        column.type = c.type;
        column.format = c.format;
        column.priority = c.priority;
        column.description = c.description;
        column.value = [v, &c](void const* o, time_point now) { return v->cell_of(c, o, now); };
        k.columns.push_back(std::move(column));
    }
    for (auto const& f : v->fields)
        k.field_labels.push_back({f.label, [v, &f](void const* o) { return v->field_of(f, o); }});
    if (v->has_status) k.subresources.push_back(status_part(v));
    if (v->scale) k.subresources.push_back(scale_projection(v));
}

inline auto kind_of_version(std::shared_ptr<custom_versions const> const& all, custom_version const& version)
    -> api::kind {
    auto k = api::kind();
    auto const* const v = &version;
    k.owner = all;
    k.resource = v->type->resource;
    k.type = v->type;
    for (auto const& name : all->names.short_names) k.short_names.push_back(name);
    for (auto const& name : all->names.categories) k.categories.push_back(name);
    k.generation = api::generation_rule::content;
    k.unconditional_update = false;
    k.metadata.known_finalizers = false;
    k.documents.open = true;
    k.documents.schema = v->openapi;
    k.documents.list_kind = all->names.list_kind;
    k.documents.storage_hash = all->storage_hash;
    k.deprecation = v->deprecation;
    k.documents.admit = [v](boost::json::object& document) { return v->admit(document); };
    k.validate = [v](void const* o, api::field_errors& errors) { v->validate(o, errors); };
    k.validate_update = [v](void const* now, void const* before, api::field_errors& errors) {
        v->validate_update(now, before, errors);
    };
    auto const* const versions = all.get();
    k.documents.lost = [versions](std::string_view said, boost::json::object const& document) {
        return versions->lost(said, document);
    };
    k.storage.from_stored = [versions, v](object::any_object const& o) { return versions->converted(o, *v); };
    if (all->stored != v)
        k.storage.to_stored = [versions](object::any_object const& o) {
            return versions->converted(o, *versions->stored);
        };
    add_shape(k, v);
    k.complete();
    // The order in which the real server shows them.
    using enum api::verb;
    k.verbs = {remove, remove_collection, get, list, patch, create, update, watch};
    std::stable_partition(k.subresources.begin(), k.subresources.end(),
                          [](auto const& s) { return s.name == "status"; });
    return k;
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto default_custom_columns() -> object::list<custom_resource_column> {
    auto out = object::list<custom_resource_column>();
    auto& age = out.emplace_back();
    age.name = "Age";
    age.type = "date";
    age.description =
        "CreationTimestamp is a timestamp representing the server time when this object was created. "
        "It is not guaranteed to be set in happens-before order across separate operations. Clients "
        "may not set this value. It is represented in RFC3339 form and is in UTC.\n\nPopulated by the "
        "system. Read-only. Null for lists. More info: "
        "https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata";
    age.json_path = ".metadata.creationTimestamp";
    return out;
}

BERTH_DECL auto custom_kinds_of(custom_resource_definition const& d) -> std::vector<api::kind> {
    auto made = std::make_shared<detail::custom_versions>();
    made->names = d.status.accepted_names;
    for (auto const& v : d.spec.versions) {
        auto ready = detail::make_custom_version(d, v);
        if (!ready) continue;
        made->all.push_back(*std::move(ready));
        if (v.storage) made->stored = &made->all.back();
    }
    auto out = std::vector<api::kind>();
    if (made->stored == nullptr) return out;
    made->storage_hash = detail::storage_hash_of(*made->stored->type->resource);
    auto const all = std::shared_ptr<detail::custom_versions const>(std::move(made));
    for (auto const& v : all->all)
        if (v.served) out.push_back(detail::kind_of_version(all, v));
    if (d.metadata.deleting()) // its objects go, and none may come
        for (auto& k : out)
            std::erase_if(k.verbs, [](auto v) {
                return v == api::verb::create || v == api::verb::update || v == api::verb::patch;
            });
    return out;
}

} // namespace berth::kube
