#pragma once

/// \file
/// The bodies of `berth/kube/apiextensions/custom_resource_definition/openapi.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/apiextensions/custom_resource_definition/openapi.hpp>
#include <berth/kube/apiextensions/custom_resource_definition/schema_of.hpp>

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

namespace berth::kube::detail {

/// Describes `apiVersion`, `kind` and `metadata` as those of any object.
inline auto describe_object(boost::json::object& schema) -> void {
    constexpr auto conventions =
        "https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md";
    auto const more = std::string(conventions);
    auto& members = schema["properties"];
    if (!members.is_object()) members.emplace_object();
    auto& properties = members.get_object();
    properties["apiVersion"] = {
        {"type", "string"},
        {"description",
         "APIVersion defines the versioned schema of this representation of an object. Servers should "
         "convert recognized schemas to the latest internal value, and may reject unrecognized "
         "values. More info: " +
             more + "#resources"}};
    properties["kind"] = {
        {"type", "string"},
        {"description",
         "Kind is a string value representing the REST resource this object represents. Servers may "
         "infer this from the endpoint the client submits requests to. Cannot be updated. In "
         "CamelCase. More info: " +
             more + "#types-kinds"}};
    auto reference =
        boost::json::object{{"$ref", "#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"}};
    properties["metadata"] = {{"description", "Standard object's metadata. More info: " + more + "#metadata"},
                              {"allOf", boost::json::array{std::move(reference)}}};
}

/// Describes embedded objects at every depth.
inline auto describe_embedded(boost::json::value& schema) -> void {
    auto* const object = schema.if_object();
    if (object == nullptr) return;
    if (auto* const properties = object->if_contains("properties");
        properties != nullptr && properties->is_object())
        for (auto& member : properties->get_object()) describe_embedded(member.value());
    for (auto const* const keyword : {"items", "additionalProperties"})
        if (auto* const inner = object->if_contains(keyword)) describe_embedded(*inner);
    auto const* const embedded = object->if_contains("x-kubernetes-embedded-resource");
    if (embedded != nullptr && embedded->is_bool() && embedded->get_bool()) describe_object(*object);
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto custom_openapi(custom_resource_definition const& d, custom_resource_version const& v)
    -> std::string {
    auto schema = schema_of(v).value_or(boost::json::object{{"type", "object"}});
    detail::describe_embedded(schema);
    detail::describe_object(schema.get_object());
    auto named = boost::json::object{
        {"group", d.spec.group}, {"kind", d.status.accepted_names.kind}, {"version", v.name}};
    schema.get_object()["x-kubernetes-group-version-kind"] = boost::json::array{std::move(named)};
    return boost::json::serialize(schema);
}

} // namespace berth::kube
