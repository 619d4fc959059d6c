#pragma once

/// \file
/// The schema of a version of a CustomResourceDefinition, parsed.

#include <berth/core/config.hpp>
#include <berth/kube/apiextensions/custom_resource_definition/type.hpp>

#include <boost/json/fwd.hpp>

#include <optional>

namespace berth::kube {

/// A JSON object, or nothing if the version has no schema.
[[nodiscard]] BERTH_DECL auto schema_of(custom_resource_version const& v)
    -> std::optional<boost::json::value>;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/apiextensions/custom_resource_definition/schema_of.ipp>
#endif
