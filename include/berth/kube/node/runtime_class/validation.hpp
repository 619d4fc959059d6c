#pragma once

/// \file
/// Checks of runtime classes (Kubernetes 1.36, `pkg/apis/node/validation`).

#include <berth/core/config.hpp>
#include <berth/kube/meta/validation.hpp>
#include <berth/kube/node/runtime_class/type.hpp>

namespace berth::kube {

/// Checks a class that is to be created.
BERTH_DECL auto validate(runtime_class const& c, api::field_errors& errors) -> void;

/// Checks a change of a class, whose handler stays.
BERTH_DECL auto validate_update(runtime_class const& now, runtime_class const& before,
                                api::field_errors& errors) -> void;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/node/runtime_class/validation.ipp>
#endif
