#pragma once

/// \file
/// How CustomResourceDefinitions behave in the API (apiextensions-apiserver 1.36,
/// `pkg/registry/customresourcedefinition`). `controller.hpp` brings it about that their kinds are served.

#include <berth/api/kind.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/apiextensions/custom_resource_definition/defaults.hpp>
#include <berth/kube/apiextensions/custom_resource_definition/type.hpp>
#include <berth/kube/apiextensions/custom_resource_definition/validation.hpp>
#include <berth/kube/apiextensions/custom_resource_definition/validation/update.hpp>

namespace berth::kube {

/// A definition's deletion waits until the objects of its kind are gone.
[[nodiscard]] BERTH_DECL auto custom_resource_definition_kind() -> api::kind;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/apiextensions/custom_resource_definition/kind.ipp>
#endif
