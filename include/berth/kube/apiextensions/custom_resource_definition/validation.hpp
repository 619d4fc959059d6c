#pragma once

/// \file
/// Which CustomResourceDefinitions are acceptable (apiextensions-apiserver 1.36,
/// `pkg/apis/apiextensions/validation/validation.go`). Rules in CEL are checked for shape only.

#include <berth/api/validation.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/apiextensions/custom_resource_definition/type.hpp>

namespace berth::kube {

/// Checks a definition that is to be created.
BERTH_DECL auto validate(custom_resource_definition const& d, api::field_errors& errors) -> void;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/apiextensions/custom_resource_definition/validation.ipp>
#endif
