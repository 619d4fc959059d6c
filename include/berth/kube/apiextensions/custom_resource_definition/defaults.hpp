#pragma once

/// \file
/// What a CustomResourceDefinition's manifest does not say (apiextensions-apiserver 1.36,
/// `pkg/apis/apiextensions/v1/defaults.go`).

#include <berth/core/config.hpp>
#include <berth/kube/apiextensions/custom_resource_definition/type.hpp>

namespace berth::kube {

/// Names that follow from the kind, and no conversion.
BERTH_DECL auto set_defaults(custom_resource_definition& d) -> void;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/apiextensions/custom_resource_definition/defaults.ipp>
#endif
