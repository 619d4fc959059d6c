#pragma once

/// \file
/// Any schema of a custom kind, and any object of it: what the fuzzer runs, and a plain test over the kept
/// corpus. The schema is before the first NUL, the object behind it.

#include "must.hpp"

#include <berth/api/encoding.hpp>
#include <berth/api/registry.hpp>
#include <berth/kube/apiextensions/custom_resource_definition/custom_kind.hpp>
#include <berth/kube/apiextensions/custom_resource_definition/kind.hpp>
#include <berth/object/parse.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace berth::fuzz {

/// A definition with that schema, in JSON.
inline auto definition_text(std::string_view schema) -> std::string {
    return R"({"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":)"
           R"({"name":"boats.test.io"},"spec":{"group":"test.io","scope":"Namespaced","names":{)"
           R"("kind":"Boat","plural":"boats"},"versions":[{"name":"v1","served":true,"storage":true,)"
           R"("subresources":{"status":{}},"schema":{"openAPIV3Schema":)" +
           std::string(schema) + "}}]}}";
}

/// Neither a schema nor an object that was found fit for it makes trouble: what was admitted can be read,
/// checked and written down.
inline auto check_against_schema(std::string_view bytes) -> void {
    static auto const definitions = [] {
        auto out = api::registry();
        out.add(kube::custom_resource_definition_kind());
        return out;
    }();
    auto const& crd = *definitions.find(kube::custom_resource_definition::resource);
    auto const end = bytes.find('\0');
    auto notes = std::vector<std::string>();
    auto read = api::body_reader(definitions, *crd.resource, *crd.type, api::field_validation::warn, notes)
                    .read(definition_text(bytes.substr(0, end)));
    if (!read) return must(!read.error().message.empty());
    crd.set_defaults(read->data());
    auto errors = api::field_errors();
    crd.validate(read->data(), errors);
    if (!errors.empty()) return;
    auto& d = read->as<kube::custom_resource_definition>();
    d.status.accepted_names = d.spec.names;
    auto kinds = api::registry();
    for (auto& k : kube::custom_kinds_of(d)) kinds.replace(std::move(k));
    auto const* const boats = kinds.find("test.io", "v1", "boats");
    must(boats != nullptr);
    if (end == bytes.npos) return;
    auto object = api::body_reader(kinds, *boats->resource, *boats->type, api::field_validation::warn, notes)
                      .read(bytes.substr(end + 1));
    if (!object) return must(!object.error().message.empty());
    boats->validate(object->data(), errors);
    auto text = std::string();
    object::append_document(text, object->type(), object->data(), 1);
    must(object::parse_document(text).has_value());
}

} // namespace berth::fuzz
