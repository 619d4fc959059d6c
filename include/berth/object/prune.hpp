#pragma once

/// \file
/// Documents made to fit their schema: what it does not describe goes, nulls that it does not allow go, and
/// its defaults come (apiextensions-apiserver 1.36, `pkg/apiserver/schema/pruning` and `defaulting`).

#include <berth/core/config.hpp>
#include <berth/object/document_schema.hpp>
#include <berth/object/told_paths.hpp>

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

namespace berth::object {

/// Takes out of a document whatever its schema does not describe; `apiVersion`, `kind` and `metadata` of the
/// document and of embedded objects stay. The paths of what went are told, in the order of the text. Linear.
BERTH_DECL auto prune(boost::json::object& document, document_schema const& schema, told_paths& gone) -> void;

/// Takes out nulls that are not allowed and have no default (those that have one are left for
/// `fill_defaults`).
BERTH_DECL auto drop_nulls(boost::json::value& value, document_schema const& schema) -> void;

/// Puts defaults where nothing is, or a null that is not allowed.
BERTH_DECL auto fill_defaults(boost::json::value& value, document_schema const& schema) -> void;

} // namespace berth::object

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/object/prune.ipp>
#endif
