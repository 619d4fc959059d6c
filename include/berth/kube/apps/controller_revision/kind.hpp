#pragma once

/// \file
/// How controller revisions behave in the API, and their table (kubernetes 1.36,
/// `pkg/registry/apps/controllerrevision`, `printControllerRevision`).

#include <berth/api/kind.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/apps/controller_revision/validation.hpp>
#include <berth/kube/columns.hpp>

namespace berth::kube {

[[nodiscard]] BERTH_DECL auto controller_revision_kind() -> api::kind_of<controller_revision>;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/apps/controller_revision/kind.ipp>
#endif
