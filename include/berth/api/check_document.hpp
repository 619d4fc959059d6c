#pragma once

/// \file
/// Documents against their schemas: what is wrong with them, in the words of kube-apiserver (kube-openapi
/// `pkg/validation/validate` and apiextensions-apiserver 1.36, `pkg/apiserver/validation`, `schema/listtype`,
/// `schema/objectmeta`).

#include <berth/api/validation.hpp>
#include <berth/core/config.hpp>
#include <berth/object/document_schema.hpp>

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <string>
#include <string_view>

namespace berth::api {

/// Checks a value against its schema: types, formats, bounds, allowed values, required members, `allOf`,
/// `anyOf`, `oneOf`, `not`. `at`: the text of the path before that of the members of the value; empty for a
/// whole object. Linear in the value times the number of schemas that speak of the same place.
BERTH_DECL auto check_document(object::document_schema const& schema, boost::json::value const& value,
                               std::string_view at, field_errors& errors) -> void;

/// The same for a value that was another before: what is wrong with unchanged parts is forgiven (ratcheting).
/// Parts are the same if they are the same member, or have the same keys in a list that is a map.
BERTH_DECL auto check_document_update(object::document_schema const& schema, boost::json::value const& now,
                                      boost::json::value const& before, std::string_view at,
                                      field_errors& errors) -> void;

/// Refuses equal elements of lists that are sets, and elements of equal keys of those that are maps.
BERTH_DECL auto check_list_types(object::document_schema const& schema, boost::json::value const& value,
                                 std::string_view at, field_errors& errors) -> void;

/// Checks the `apiVersion`, `kind` and metadata of objects that are embedded in others.
BERTH_DECL auto check_embedded(object::document_schema const& schema, boost::json::value const& value,
                               std::string_view at, field_errors& errors) -> void;

/// A JSON value as messages show it: members in the order of their names, numbers as Go writes them.
[[nodiscard]] BERTH_DECL auto shown_document(boost::json::value const& value) -> std::string;

} // namespace berth::api

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/api/check_document.ipp>
#endif
