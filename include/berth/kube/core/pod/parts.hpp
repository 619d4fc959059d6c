#pragma once

/// \file
/// Parts of pods that are written by themselves though the rest stands fast: containers for a look inside,
/// and the amounts that containers may use (Kubernetes 1.36, `pkg/registry/core/pod`,
/// `pkg/apis/core/validation`).

#include <berth/core/config.hpp>
#include <berth/kube/core/pod/validation.hpp>

namespace berth::kube {

namespace detail {

/// Of a changed pod only its ephemeral containers are new.
BERTH_DECL auto prepare_ephemeral(pod& now, pod const& before) -> void;

/// Ephemeral containers come, but they neither change nor go.
BERTH_DECL auto validate_ephemeral(pod const& now, pod const& before, field_errors& errors) -> void;

/// Of a changed pod only what its containers may use, and how that changes, is new.
BERTH_DECL auto prepare_resize(pod& now, pod const& before) -> void;

/// Containers get more or less cpu and memory, if their node can do that, and the pod keeps its class of
/// service.
BERTH_DECL auto validate_resize(pod const& now, pod const& before, field_errors& errors) -> void;

} // namespace detail

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/pod/parts.ipp>
#endif
