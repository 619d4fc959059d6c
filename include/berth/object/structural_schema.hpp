#pragma once

/// \file
/// The schema of a described type as a custom kind's has to be: in one piece, without references.

#include <berth/core/config.hpp>
#include <berth/object/schema.hpp>

#include <boost/json/object.hpp>

namespace berth::object {

/// The schema of a type's documents (`JSONSchemaProps` of apiextensions.k8s.io/v1, structural). A kind's has
/// `apiVersion`, `kind` and a `metadata` of which nothing is said; what contains itself may hold anything
/// below.
[[nodiscard]] BERTH_DECL auto structural_schema(type_info const& type) -> boost::json::object;

} // namespace berth::object

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/object/structural_schema.ipp>
#endif
