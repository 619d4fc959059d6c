#pragma once

/// \file
/// The metadata of objects that are embedded in custom ones, as they come in (apiextensions-apiserver 1.36,
/// `pkg/apiserver/schema/objectmeta`, `Coerce`).

#include <berth/core/config.hpp>
#include <berth/core/error.hpp>
#include <berth/object/document_schema.hpp>
#include <berth/object/told_paths.hpp>

#include <boost/json/object.hpp>

namespace berth::kube::detail {

/// Drops what metadata of embedded objects cannot have, telling the paths. Errors: `bad_request`, where they
/// are no metadata, or `apiVersion` or `kind` is no text.
[[nodiscard]] BERTH_DECL auto coerce_embedded(boost::json::object& document,
                                              object::document_schema const& schema,
                                              object::told_paths& unknown) -> result<void>;

} // namespace berth::kube::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/apiextensions/custom_resource_definition/detail/embedded.ipp>
#endif
