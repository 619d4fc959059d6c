#pragma once

/// \file
/// What an eviction does (Kubernetes 1.36, `pkg/registry/core/pod/storage/eviction.go`).

#include <berth/api/admission_world.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/core/pod/type.hpp>
#include <berth/kube/policy/eviction/type.hpp>

namespace berth::kube {

/// Deletes a pod if the budgets that guard it allow it, and notes in them that it goes. A pod that has ended,
/// has not begun or goes already is not guarded; one that is not ready is guarded less. A dry run looks and
/// writes nothing. `body`: an `eviction`. Errors: `bad_request`; `too_many_requests`, with the cause
/// `DisruptionBudget`; `conflict`, if a precondition does not hold; `internal`, if several budgets guard it.
[[nodiscard]] BERTH_DECL auto evict(pod& p, void const* body, api::action_context const& about)
    -> result<object::any_object>;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/policy/eviction/evict.ipp>
#endif
