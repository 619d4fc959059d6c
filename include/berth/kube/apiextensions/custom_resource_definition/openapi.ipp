#pragma once

/// \file
/// The bodies of `berth/kube/apiextensions/custom_resource_definition/openapi.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/apiextensions/custom_resource_definition/openapi.hpp>
#include <berth/kube/apiextensions/custom_resource_definition/schema_of.hpp>

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

namespace berth::kube::detail {

inline constexpr std::string_view conventions =
    "https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md";

/// What is said of the members that any object has; of an object in another one it is less.
struct object_texts {
    std::string version;
    std::string kind;
};

inline auto texts_of_kinds() -> object_texts {
    return {"APIVersion defines the versioned schema of this representation of an object. Servers should "
            "convert recognized schemas to the latest internal value, and may reject unrecognized "
            "values. More info: " +
                std::string(conventions) + "#resources",
            "Kind is a string value representing the REST resource this object represents. Servers may "
            "infer this from the endpoint the client submits requests to. Cannot be updated. In "
            "CamelCase. More info: " +
                std::string(conventions) + "#types-kinds"};
}

inline auto texts_of_embedded() -> object_texts {
    return {"apiVersion defines the versioned schema of this representation of an object. More info: " +
                std::string(conventions) + "#resources",
            "kind is a string value representing the type of this object. In CamelCase. More info: " +
                std::string(conventions) + "#types-kinds"};
}

/// Describes `apiVersion`, `kind` and `metadata` as those of any object.
inline auto describe_object(boost::json::object& schema, object_texts const& texts) -> void {
    auto& members = schema["properties"];
    if (!members.is_object()) members.emplace_object();
    auto& properties = members.get_object();
    properties["apiVersion"] = {{"type", "string"}, {"description", texts.version}};
    properties["kind"] = {{"type", "string"}, {"description", texts.kind}};
    auto reference =
        boost::json::object{{"$ref", "#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"}};
    properties["metadata"] = {
        {"description", "Standard object's metadata. More info: " + std::string(conventions) + "#metadata"},
        {"allOf", boost::json::array{std::move(reference)}}};
}

inline auto says(boost::json::object const& schema, std::string_view keyword) -> bool {
    auto const* const value = schema.if_contains(keyword);
    return value != nullptr && value->is_bool() && value->get_bool();
}

/// Tells that an object in another one says what it is.
inline auto require_kind(boost::json::object& schema) -> void {
    auto& required = schema["required"];
    if (!required.is_array()) required.emplace_array();
    auto& names = required.get_array();
    for (auto const* const name : {"kind", "apiVersion"})
        if (std::find(names.begin(), names.end(), boost::json::value(name)) == names.end())
            names.emplace_back(name);
}

/// Tells that a value is an integer or a text, unless the schema says so in these words (apiextensions,
/// `Structural.Unfold`).
inline auto unfold_int_or_string(boost::json::object& schema) -> void {
    auto const either = boost::json::value{{{"type", "integer"}}, {{"type", "string"}}};
    auto const* const any = schema.if_contains("anyOf");
    if (any != nullptr && *any == either) return;
    auto const said = boost::json::value{{"anyOf", either}};
    auto* const all = schema.if_contains("allOf");
    auto* const parts = all == nullptr ? nullptr : all->if_array();
    if (parts != nullptr && !parts->empty() && parts->front() == said) return;
    if (any == nullptr) {
        schema["anyOf"] = either;
    } else if (parts != nullptr) {
        parts->insert(parts->begin(), said);
    } else {
        schema["allOf"] = boost::json::array{said};
    }
}

/// Says in plain OpenAPI, at every depth, what extensions mean.
inline auto unfold(boost::json::value& schema) -> void {
    auto* const object = schema.if_object();
    if (object == nullptr) return;
    if (auto* const properties = object->if_contains("properties");
        properties != nullptr && properties->is_object())
        for (auto& member : properties->get_object()) unfold(member.value());
    for (auto const* const keyword : {"items", "additionalProperties"})
        if (auto* const inner = object->if_contains(keyword)) unfold(*inner);
    if (says(*object, "x-kubernetes-int-or-string")) unfold_int_or_string(*object);
    if (!says(*object, "x-kubernetes-embedded-resource")) return;
    describe_object(*object, texts_of_embedded());
    require_kind(*object);
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto custom_openapi(custom_resource_definition const& d, custom_resource_version const& v)
    -> std::string {
    auto schema = schema_of(v).value_or(boost::json::object{{"type", "object"}});
    detail::unfold(schema);
    detail::describe_object(schema.get_object(), detail::texts_of_kinds());
    auto named = boost::json::object{
        {"group", d.spec.group}, {"kind", d.status.accepted_names.kind}, {"version", v.name}};
    schema.get_object()["x-kubernetes-group-version-kind"] = boost::json::array{std::move(named)};
    auto selectable = boost::json::array();
    for (auto const& f : v.selectable_fields) // paths begin with a dot
        selectable.push_back(boost::json::object{
            {"fieldPath", f.json_path.substr(std::min<std::size_t>(1, f.json_path.size()))}});
    if (!selectable.empty()) schema.get_object()["x-kubernetes-selectable-fields"] = std::move(selectable);
    return boost::json::serialize(schema);
}

} // namespace berth::kube
