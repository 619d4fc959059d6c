#pragma once

/// \file
/// What OpenAPI v3 says of a custom kind (apiextensions-apiserver 1.36, `pkg/controller/openapi/builder`).

#include <berth/core/config.hpp>
#include <berth/kube/apiextensions/custom_resource_definition/type.hpp>

#include <string>

namespace berth::kube {

/// The schema of the objects of a version, in JSON: the one of the definition, with what all objects have.
[[nodiscard]] BERTH_DECL auto custom_openapi(custom_resource_definition const& d,
                                             custom_resource_version const& v) -> std::string;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/apiextensions/custom_resource_definition/openapi.ipp>
#endif
