#pragma once

/// \file
/// How stateful sets behave in the API, and their table (kubernetes 1.36, `pkg/registry/apps/statefulset`).

#include <berth/api/kind.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/apps/stateful_set/defaults.hpp>
#include <berth/kube/apps/stateful_set/validation.hpp>
#include <berth/kube/apps/stateful_set/warnings.hpp>
#include <berth/kube/apps/workload.hpp>
#include <berth/kube/columns.hpp>

namespace berth::kube {

/// The scale of a stateful set is a subresource of it.
[[nodiscard]] BERTH_DECL auto stateful_set_kind() -> api::kind_of<stateful_set>;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/apps/stateful_set/kind.ipp>
#endif
