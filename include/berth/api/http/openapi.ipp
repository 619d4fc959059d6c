#pragma once

/// \file
/// The bodies of `berth/api/http/openapi.hpp`.

#include <berth/api/http/openapi.hpp>
#include <berth/core/config.hpp>
#include <berth/core/fnv.hpp>

namespace berth::api::http::detail {

BERTH_DECL auto schema_writer::mention(object::type_info const& type) -> void {
    for (auto const* known : named_)
        if (known->name == type.name) return;
    named_.push_back(&type);
}

BERTH_DECL auto schema_writer::write_all() -> void {
    for (std::size_t i = 0; i < named_.size(); ++i) {
        auto const& type = *named_[i];
        if (i != 0) out_ += ',';
        object::append_json_string(out_, type.name);
        out_ += ':';
        if (type.form == object::shape::record) write_record(type);
        else write_scalar(type);
    }
}

BERTH_DECL auto schema_writer::write(object::type_info const& type, object::field_info const* field) -> void {
    using object::shape;
    auto const named = (type.form == shape::record || type.form == shape::scalar) && !type.name.empty();
    if (type.form == shape::optional) return write(type.element(), field);
    out_ += '{';
    if (named) {
        mention(type);
        write_reference(type.name);
    } else {
        write_type(type);
    }
    if (field != nullptr) write_options(*field);
    out_ += '}';
}

BERTH_DECL auto schema_writer::write_reference(std::string_view name) -> void {
    auto const old = version_ == openapi_version::v2;
    out_ += old ? R"("$ref":"#/definitions/)" : R"("allOf":[{"$ref":"#/components/schemas/)";
    (out_ += name) += old ? "\"" : "\"}]";
}

BERTH_DECL auto schema_writer::write_type(object::type_info const& type) -> void {
    using object::shape;
    switch (type.form) {
    case shape::list:
        out_ += R"("type":"array","items":)";
        write(type.element(), nullptr);
        return;
    case shape::map:
        out_ += R"("type":"object","additionalProperties":)";
        write(type.element(), nullptr);
        return;
    case shape::record: write_properties(type); return;
    default:
        out_ += "\"type\":";
        object::append_json_string(out_, type.schema_type);
        append_member(out_, "format", type.schema_format);
    }
}

BERTH_DECL auto schema_writer::write_options(object::field_info const& field) -> void {
    auto const& d = *field.details;
    append_member(out_, "description", d.text);
    if (field.nullable) out_ += R"(,"nullable":true)";
    if (!d.fallback.empty()) (out_ += R"(,"default":)") += d.fallback;
    auto const of_list = plain_type(field.type()).form == object::shape::list; // of its elements
    if (!d.values.empty() && !field.quiet && !of_list) write_values(field);
    append_member(out_, "pattern", d.pattern);
    write_bounds(field);
    append_member(out_, "x-kubernetes-patch-merge-key", d.merge_key);
    append_member(out_, "x-kubernetes-patch-strategy", strategy_name(field.patch));
    write_topology(field);
}

BERTH_DECL auto schema_writer::write_values(object::field_info const& field) -> void {
    auto const& values = field.details->values;
    auto texts = sorted(std::vector<std::string_view>(values.begin(), values.end()));
    if (plain_type(field.type()).schema_type == "string")
        return append_strings(out_, "enum", std::move(texts));
    out_ += R"(,"enum":[)";
    for (auto const& text : texts) {
        if (out_.back() != '[') out_ += ',';
        out_ += text;
    }
    out_ += ']';
}

BERTH_DECL auto schema_writer::write_bounds(object::field_info const& field) -> void {
    using object::shape;
    auto const& d = *field.details;
    auto const form = plain_type(field.type()).form;
    auto const list = form == shape::list;
    auto const map = form == shape::map || form == shape::record;
    auto const write = [&](std::string_view name, std::int64_t value, std::int64_t none) {
        if (value == none) return;
        ((out_ += ",\"") += name) += "\":";
        object::append_json_number(out_, value);
    };
    write("minimum", d.minimum, object::no_details.minimum);
    write("maximum", d.maximum, object::no_details.maximum);
    write(list ? "minItems" : map ? "minProperties" : "minLength", d.min_size, 0);
    write(list ? "maxItems" : map ? "maxProperties" : "maxLength", d.max_size, object::no_details.max_size);
}

BERTH_DECL auto schema_writer::write_topology(object::field_info const& field) -> void {
    using object::merge_topology;
    auto const list = plain_type(field.type()).form == object::shape::list;
    auto const name = list ? "x-kubernetes-list-type" : "x-kubernetes-map-type";
    switch (field.topology) {
    case merge_topology::unsaid: return;
    case merge_topology::atomic: return append_member(out_, name, "atomic");
    case merge_topology::set: return append_member(out_, name, "set");
    case merge_topology::granular: return append_member(out_, name, "granular");
    case merge_topology::map: break;
    }
    auto keys = std::vector<std::string_view>();
    for (auto rest = field.details->list_keys; !rest.empty();) keys.push_back(cut(rest, ','));
    append_strings(out_, "x-kubernetes-list-map-keys", std::move(keys));
    append_member(out_, name, "map");
}

BERTH_DECL auto schema_writer::plain_type(object::type_info const& type) -> object::type_info const& {
    auto const* t = &type;
    while (t->form == object::shape::optional) t = &t->element();
    return *t;
}

BERTH_DECL auto schema_writer::strategy_name(object::patch_strategy s) -> std::string_view {
    switch (s) {
    case object::patch_strategy::atomic: return "";
    case object::patch_strategy::merge: return "merge";
    case object::patch_strategy::replace: return "replace";
    case object::patch_strategy::retain_keys: return "retainKeys";
    case object::patch_strategy::merge_retain_keys: return "merge,retainKeys";
    }
    return "";
}

BERTH_DECL auto schema_writer::write_scalar(object::type_info const& type) -> void {
    if (auto rest = type.schema_type; rest.find(',') != std::string_view::npos) {
        out_ += R"({"oneOf":[)";
        for (auto first = true; !rest.empty(); first = false) {
            out_ += first ? R"({"type":)" : R"(,{"type":)";
            object::append_json_string(out_, cut(rest, ','));
            out_ += '}';
        }
        out_ += ']';
        append_member(out_, "format", type.schema_format);
        out_ += '}';
        return;
    }
    out_ += '{';
    write_type(type);
    out_ += '}';
}

BERTH_DECL auto schema_writer::write_record(object::type_info const& type) -> void {
    out_ += '{';
    write_properties(type);
    if (type.resource != nullptr) write_kind(*type.resource, "");
    if (type.topology == object::merge_topology::atomic)
        append_member(out_, "x-kubernetes-map-type", "atomic");
    out_ += '}';
}

BERTH_DECL auto schema_writer::write_kind(object::resource_name const& r, std::string_view suffix) -> void {
    out_ += R"(,"x-kubernetes-group-version-kind":[{"group":)";
    object::append_json_string(out_, r.group);
    out_ += ",\"kind\":";
    object::append_json_string(out_, std::string(r.kind) + std::string(suffix));
    out_ += ",\"version\":";
    object::append_json_string(out_, r.version);
    out_ += "}]";
}

BERTH_DECL auto schema_writer::write_properties(object::type_info const& type) -> void {
    out_ += R"("type":"object","properties":{)";
    if (type.resource != nullptr)
        out_ += R"("apiVersion":{"type":"string","description":"The version of this object's schema."},)"
                R"("kind":{"type":"string","description":"The kind of this object, in camel case."})";
    auto required = std::vector<std::string_view>();
    for (auto const& f : type.fields) {
        if (out_.back() != '{') out_ += ',';
        object::append_json_string(out_, f.name);
        out_ += ':';
        write(f.type(), &f);
        if (f.required) required.push_back(f.name);
    }
    out_ += '}';
    if (!required.empty()) append_strings(out_, "required", std::move(required));
}

/// Writes the paths of a kind: what each operation is called, which kind it is of, and its parameters.
class path_writer {
public:
    path_writer(std::string& out, openapi_version version) : out_(out), version_(version) {}

    auto write(kind const& k) -> void {
        auto const& r = *k.resource;
        strategic_ = !k.documents.open;
        auto const base = (r.group.empty() ? "/api/" : "/apis/") + group_version(r.group, r.version);
        auto const plural = "/" + std::string(r.plural);
        if (r.namespaced) write_path(base + plural, r, k.verbs, {{verb::list, "get"}});
        auto const collection = base + (r.namespaced ? "/namespaces/{namespace}" : "") + plural;
        write_path(collection, r, k.verbs,
                   {{verb::list, "get"}, {verb::create, "post"}, {verb::remove_collection, "delete"}});
        auto const item = collection + "/{name}";
        write_path(
            item, r, k.verbs,
            {{verb::get, "get"}, {verb::update, "put"}, {verb::patch, "patch"}, {verb::remove, "delete"}});
        for (auto const& s : k.subresources)
            write_path(
                item + "/" + std::string(s.name), kind_of_subresource(k, s), s.verbs,
                {{verb::get, "get"}, {verb::create, "post"}, {verb::update, "put"}, {verb::patch, "patch"}});
    }

    /// Documents of the kind `List`, which only hold others: kubectl asks whether their members are checked
    /// here.
    auto write_list_documents() -> void {
        constexpr auto list = object::resource_name{"", "v1", "List", "lists", "list", false};
        write_path("/api/v1/lists/{name}", list, {verb::patch}, {{verb::patch, "patch"}});
    }

private:
    /// A verb and the method that stands for it.
    using operations = std::vector<std::pair<verb, std::string_view>>;

    auto write_path(std::string const& text, object::resource_name const& of, verb_list const& verbs,
                    operations const& possible) -> void {
        if (out_.back() == '}') out_ += ',';
        object::append_json_string(out_, text);
        out_ += ":{";
        for (auto const& [what, method] : possible)
            if (contains(verbs, what)) write_operation(of, what, method);
        out_ += '}';
    }

    auto write_operation(object::resource_name const& of, verb what, std::string_view method) -> void {
        if (out_.back() == '}') out_ += ',';
        object::append_json_string(out_, method);
        out_ += ":{\"x-kubernetes-action\":";
        object::append_json_string(out_,
                                   what == verb::create || what == verb::update ? method : to_string(what));
        out_ += R"(,"x-kubernetes-group-version-kind":{"group":)";
        object::append_json_string(out_, of.group);
        out_ += ",\"kind\":";
        object::append_json_string(out_, of.kind);
        out_ += ",\"version\":";
        object::append_json_string(out_, of.version);
        out_ += "},\"parameters\":[";
        write_parameters(method);
        out_ += ']';
        if (method == "patch") version_ == openapi_version::v3 ? write_patch_body() : write_patch_types();
        out_ += R"(,"responses":{"200":{"description":"OK"}}})";
    }

    auto write_parameters(std::string_view method) -> void {
        auto const write = [&](std::string_view name, std::string_view type) {
            if (out_.back() == '}') out_ += ',';
            out_ += "{\"name\":";
            object::append_json_string(out_, name);
            out_ += version_ == openapi_version::v3 ? R"(,"in":"query","schema":{"type":)"
                                                    : R"(,"in":"query","type":)";
            object::append_json_string(out_, type);
            out_ += version_ == openapi_version::v3 ? "}}" : "}";
        };
        if (method == "get") return;
        write("dryRun", "string");
        if (method == "delete") return;
        write("fieldManager", "string");
        write("fieldValidation", "string");
        if (method == "patch") write("force", "boolean");
    }

    auto write_patch_body() -> void {
        out_ += R"(,"requestBody":{"required":true,"content":{)"
                R"("application/apply-patch+yaml":{"schema":{"type":"object"}},)"
                R"("application/json-patch+json":{"schema":{"type":"object"}},)"
                R"("application/merge-patch+json":{"schema":{"type":"object"}})";
        if (strategic_) out_ += R"(,"application/strategic-merge-patch+json":{"schema":{"type":"object"}})";
        out_ += "}}";
    }

    auto write_patch_types() -> void {
        out_ += R"(,"consumes":["application/apply-patch+yaml","application/json-patch+json",)"
                R"("application/merge-patch+json")";
        if (strategic_) out_ += R"(,"application/strategic-merge-patch+json")";
        out_ += ']';
    }

    std::string& out_;
    openapi_version version_;
    bool strategic_ = true; ///< the kind takes strategic merge patches
};

BERTH_DECL auto append_paths(std::string& out, std::span<kind const* const> kinds, bool lists,
                             openapi_version version) -> void {
    auto paths = path_writer(out, version);
    for (auto const* k : kinds) paths.write(*k);
    if (lists) paths.write_list_documents();
}

inline auto append_list_schema(std::string& out, kind const& k) -> void {
    auto const name = std::string(k.type->name);
    out += ",";
    object::append_json_string(out, name + "List");
    out += R"(:{"type":"object","properties":{"apiVersion":{"type":"string"},"kind":{"type":"string"},)"
           R"("items":{"type":"array","items":{"allOf":[{"$ref":"#/components/schemas/)";
    out += name;
    out += R"("}]}},"metadata":{"type":"object"}},"required":["items"],)"
           R"("x-kubernetes-group-version-kind":[{"group":)";
    object::append_json_string(out, k.resource->group);
    out += ",\"kind\":";
    object::append_json_string(out, std::string(k.resource->kind) + "List");
    out += ",\"version\":";
    object::append_json_string(out, k.resource->version);
    out += "}]}";
}

/// The schema that those of lists of custom kinds refer to.
inline constexpr std::string_view list_meta_schema =
    R"(,"io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta":{"description":"What a list says of itself.",)"
    R"("type":"object","properties":{"continue":{"description":"Asks for the rest of the list.",)"
    R"("type":"string"},"remainingItemCount":{"description":"How many objects the rest holds, if known.",)"
    R"("type":"integer","format":"int64"},"resourceVersion":{"description":"The state that is shown.",)"
    R"("type":"string"},"selfLink":{"description":"Always empty.","type":"string"}}})";

/// The fields of a custom kind that selectors may name, besides those of any object.
inline auto append_selectable_fields(std::string& out, kind const& k) -> void {
    auto some = false;
    for (auto const& f : k.field_labels) {
        if (f.label.starts_with("metadata.")) continue;
        out += some ? "," : R"(,"x-kubernetes-selectable-fields":[)";
        out += R"({"fieldPath":)";
        object::append_json_string(out, f.label);
        out += '}';
        some = true;
    }
    if (some) out += ']';
}

/// The schemas of a custom kind and of its list.
inline auto append_custom_schemas(std::string& out, kind const& k) -> void {
    constexpr auto conventions =
        "https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md";
    auto const& r = *k.resource;
    auto const list =
        k.documents.list_kind.empty() ? std::string(r.kind) + "List" : std::string(k.documents.list_kind);
    auto const name = std::string(k.type->name);
    auto const describe = [&](std::string const& text) {
        out += "\"description\":";
        object::append_json_string(out, text);
    };
    out += ',';
    object::append_json_string(out, name);
    ((out += ':') += k.documents.schema) += ',';
    object::append_json_string(out, name.substr(0, name.rfind('.') + 1) + list);
    out += ":{";
    describe(list + " is a list of " + std::string(r.kind));
    out += R"(,"type":"object","required":["items"],"properties":{"apiVersion":{)";
    describe(
        "APIVersion defines the versioned schema of this representation of an object. Servers should convert "
        "recognized schemas to the latest internal value, and may reject unrecognized values. More info: " +
        std::string(conventions) + "#resources");
    out += R"(,"type":"string"},"items":{)";
    describe("List of " + std::string(r.plural) + ". More info: " + conventions);
    out += R"(,"type":"array","items":{"$ref":"#/components/schemas/)";
    (out += name) += R"("}},"kind":{)";
    describe(
        "Kind is a string value representing the REST resource this object represents. Servers may infer "
        "this from the endpoint the client submits requests to. Cannot be updated. In CamelCase. "
        "More info: " +
        std::string(conventions) + "#types-kinds");
    out += R"(,"type":"string"},"metadata":{)";
    describe("Standard list metadata. More info: " + std::string(conventions) + "#types-kinds");
    out += R"(,"allOf":[{"$ref":"#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta"}]}},)"
           R"("x-kubernetes-group-version-kind":[{"group":)";
    object::append_json_string(out, r.group);
    out += ",\"kind\":";
    object::append_json_string(out, list);
    out += ",\"version\":";
    object::append_json_string(out, r.version);
    out += "}]";
    append_selectable_fields(out, k);
    out += '}';
}

/// Names the content of a document in its address.
inline auto content_hash(std::string_view text) -> std::string {
    auto const h = fnv1a_64(text);
    auto out = std::string();
    for (auto shift = 60; shift >= 0; shift -= 4)
        out += "0123456789ABCDEF"[(h >> static_cast<unsigned>(shift)) & 15U];
    return out;
}

} // namespace berth::api::http::detail

namespace berth::api::http {

BERTH_DECL auto openapi_text(registry const& kinds, std::string_view group, std::string_view version)
    -> std::string {
    auto const members = kinds_of(kinds, group, version);
    auto out =
        std::string(R"({"openapi":"3.0.0","info":{"title":"Kubernetes","version":"v1.36.2"},"paths":{)");
    detail::append_paths(out, members, group.empty(), detail::openapi_version::v3);
    out += "},\"components\":{\"schemas\":{";
    auto schemas = detail::schema_writer(out);
    auto custom = false;
    for (auto const* k : members) {
        custom = custom || !k->documents.schema.empty();
        if (k->documents.schema.empty()) schemas.mention(*k->type);
        for (auto const& s : k->subresources)
            if (auto const* const p = std::get_if<projection>(&s.does)) schemas.mention(*p->type);
    }
    if (custom) schemas.mention(object::type_of<object::meta>());
    schemas.write_all();
    if (custom) out += detail::list_meta_schema;
    for (auto const* k : members) {
        if (k->documents.schema.empty()) detail::append_list_schema(out, *k);
        else detail::append_custom_schemas(out, *k);
    }
    return out += "}}}";
}

BERTH_DECL openapi_documents::openapi_documents(registry const& kinds) {
    for (auto const& g : groups_of(kinds)) {
        for (auto const& v : g.versions) {
            auto text = openapi_text(kinds, g.name, v);
            auto hash = detail::content_hash(text);
            auto path = (g.name.empty() ? "api/" : "apis/") + detail::group_version(g.name, v);
            documents_.push_back({std::move(path), std::move(text), std::move(hash)});
        }
    }
    index_ = "{\"paths\":{";
    for (auto const& d : documents_) {
        if (index_.back() == '}') index_ += ',';
        object::append_json_string(index_, d.path);
        index_ += ":{\"serverRelativeURL\":";
        object::append_json_string(index_, "/openapi/v3/" + d.path + "?hash=" + d.hash);
        index_ += '}';
    }
    index_ += "}}";
}

BERTH_DECL auto openapi_documents::find(std::string_view group, std::string_view version) const
    -> document const* {
    auto const path = (group.empty() ? "api/" : "apis/") + detail::group_version(group, version);
    for (auto const& d : documents_)
        if (d.path == path) return &d;
    return nullptr;
}

} // namespace berth::api::http
