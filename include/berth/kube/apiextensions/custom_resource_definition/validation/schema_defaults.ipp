#pragma once

/// \file
/// The bodies of `berth/kube/apiextensions/custom_resource_definition/validation/schema_defaults.hpp`.

#include <berth/api/check_document.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/apiextensions/custom_resource_definition/detail/embedded.hpp>
#include <berth/kube/apiextensions/custom_resource_definition/validation/schema_defaults.hpp>
#include <berth/object/prune.hpp>

namespace berth::kube::detail {

/// Whether pruning changes a default.
inline auto is_unpruned(object::document_schema const& s, boost::json::value const& fallback) -> bool {
    auto surrounded = boost::json::object();
    surrounded.emplace("value", fallback);
    auto around = object::document_schema{};
    around.properties.emplace("value", s);
    auto gone = object::told_paths();
    object::prune(surrounded, around, gone);
    return surrounded.at("value") != fallback;
}

/// Complains of embedded metadata that are none.
inline auto check_readable(object::document_schema const& schema, boost::json::value const& fallback,
                           std::string const& path, api::field_errors& errors) -> void {
    auto copy = fallback;
    auto unknown = object::told_paths();
    auto const* const object = copy.if_object();
    if (object == nullptr) return;
    auto const ok = coerce_embedded(copy.get_object(), schema, unknown);
    if (ok) return;
    auto const& message = ok.error().message;
    auto const colon = message.find(": ");
    errors.add("FieldValueInvalid", api::field_path(path + "." + message.substr(0, colon)),
               message.substr(colon + 2));
}

inline auto check_default(json_schema const& s, bool embedded_here, bool pruned, bool in_metadata,
                          api::field_path const& at, api::field_errors& errors) -> void {
    auto const& fallback = *s.find("default");
    auto schema = object::document_schema::read(s.json());
    schema.embedded = embedded_here;
    if (schema.int_or_string) schema.types.clear(); // a default may be of any type, as far as this check goes
    auto const here = at.child("default");
    if (pruned && !in_metadata && is_unpruned(schema, fallback))
        errors.invalid(here, api::shown_value::bare(api::shown_document(fallback)),
                       "must not have unknown fields");
    auto const path = here.to_string();
    auto embedded = api::field_errors();
    check_readable(schema, fallback, path, embedded);
    if (embedded.empty()) api::check_embedded(schema, fallback, path, embedded);
    for (auto const& c : embedded.causes()) errors.add(c.reason, api::field_path(c.field), c.message);
    if (embedded.empty()) api::check_document(schema, fallback, path, errors);
}

inline auto check_defaults(json_schema const& s, bool root, bool pruned, bool in_metadata,
                           api::field_path const& at, api::field_errors& errors) -> void {
    auto const embedded = root || s.flag("x-kubernetes-embedded-resource");
    if (embedded) in_metadata = false;
    if (s.has("default")) check_default(s, embedded, pruned, in_metadata, at, errors);
    if (auto const items = s.schema("items"))
        check_defaults(*items, false, pruned, in_metadata, at.child("items"), errors);
    auto const properties = at.child("properties");
    for (auto const& [name, property] : s.map("properties")) {
        auto const of_object = embedded && (name == "metadata" || name == "apiVersion" || name == "kind");
        check_defaults(property, false, pruned, in_metadata || of_object, properties.key(name), errors);
    }
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto validate_schema_defaults(json_schema const& s, bool pruned, api::field_path const& at,
                                         api::field_errors& errors) -> void {
    detail::check_defaults(s, true, pruned, false, at, errors);
}

BERTH_DECL auto has_unpruned_defaults(json_schema const& s) -> bool {
    return s.any([](json_schema const& one) {
        auto const* const fallback = one.find("default");
        return fallback != nullptr &&
               detail::is_unpruned(object::document_schema::read(one.json()), *fallback);
    });
}

} // namespace berth::kube
