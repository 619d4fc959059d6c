#pragma once

/// \file
/// Checks of the environment variables of containers (Kubernetes 1.36, `pkg/apis/core/validation`).

#include <berth/core/config.hpp>
#include <berth/kube/core/pod/environment.hpp>
#include <berth/kube/core/pod/validation/field_reference.hpp>

namespace berth::kube::detail {

BERTH_DECL auto validate_variables(object::list<env_var> const& variables, field_path const& at,
                                   field_errors& errors) -> void;

BERTH_DECL auto validate_variable_sources(object::list<env_from_source> const& sources, field_path const& at,
                                          field_errors& errors) -> void;

} // namespace berth::kube::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/pod/validation/environment.ipp>
#endif
