#pragma once

/// \file
/// Checks of config maps (Kubernetes 1.36, `pkg/apis/core/validation`).

#include <berth/core/config.hpp>
#include <berth/kube/core/config_map/type.hpp>
#include <berth/kube/core/validation/config.hpp>

namespace berth::kube {

/// Checks a config map that is to be created.
BERTH_DECL auto validate(config_map const& c, api::field_errors& errors) -> void;

/// Checks a change of a config map.
BERTH_DECL auto validate_update(config_map const& now, config_map const& before, api::field_errors& errors)
    -> void;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/config_map/validation.ipp>
#endif
