#pragma once

/// \file
/// How reviews of oneself are answered (kubernetes 1.36, `pkg/registry/authentication/selfsubjectreview`).

#include <berth/api/kind.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/authentication/self_subject_review/type.hpp>

namespace berth::kube {

[[nodiscard]] BERTH_DECL auto self_subject_review_kind() -> api::kind_of<self_subject_review>;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/authentication/self_subject_review/kind.ipp>
#endif
