#pragma once

/// \file
/// The bodies of `berth/kube/apiextensions/custom_resource_definition/schema_of.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/apiextensions/custom_resource_definition/schema_of.hpp>
#include <berth/object/parse.hpp>

#include <boost/json/value.hpp>

namespace berth::kube {

BERTH_DECL auto schema_of(custom_resource_version const& v) -> std::optional<boost::json::value> {
    if (!v.schema || !v.schema->open_api_v3_schema) return std::nullopt;
    auto parsed = object::parse_document(v.schema->open_api_v3_schema->text);
    if (!parsed || !parsed->value.is_object()) return std::nullopt;
    return std::move(parsed->value);
}

} // namespace berth::kube
