#pragma once

/// \file
/// What is told of the parts of a control plane, and their table (kubernetes 1.36,
/// `pkg/registry/core/componentstatus`).

#include <berth/api/kind.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/columns.hpp>
#include <berth/kube/core/component_status/type.hpp>

namespace berth::kube {

/// The scheduler and the controller manager are well while somebody holds their Lease in `kube-system`; the
/// store (`etcd-0`) is, since it was asked for those.
[[nodiscard]] BERTH_DECL auto component_status_kind() -> api::kind_of<component_status>;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/component_status/kind.ipp>
#endif
