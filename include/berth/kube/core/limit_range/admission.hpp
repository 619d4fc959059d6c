#pragma once

/// \file
/// Limit ranges at work: containers that do not say what they need are told, and what is out of the bounds is
/// refused (Kubernetes 1.36, `plugin/pkg/admission/limitranger`).

#include <berth/api/admission.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/core/limit_range/type.hpp>
#include <berth/kube/core/persistent_volume_claim/type.hpp>
#include <berth/kube/core/pod/type.hpp>

#include <string>
#include <vector>

namespace berth::kube {

namespace detail {

/// Gives containers the defaults of a limit range, and notes it in an annotation.
BERTH_DECL auto give_default_amounts(limit_range const& l, pod& p) -> void;

/// What a pod, or a claim, asks for against a limit range, each sentence once.
[[nodiscard]] BERTH_DECL auto broken_limits(limit_range const& l, pod const& p) -> std::vector<std::string>;
[[nodiscard]] BERTH_DECL auto broken_limits(limit_range const& l, persistent_volume_claim const& c)
    -> std::vector<std::string>;

} // namespace detail

/// The step of admission that enforces the limit ranges of a namespace on new pods, on claims, and on what
/// pods are resized to.
[[nodiscard]] BERTH_DECL auto limit_ranger() -> api::admission;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/limit_range/admission.ipp>
#endif
