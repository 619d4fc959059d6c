#pragma once

/// \file
/// How replication controllers behave in the API, and their table (kubernetes 1.36,
/// `pkg/registry/core/replicationcontroller`, `printReplicationController`).

#include <berth/api/kind.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/columns.hpp>
#include <berth/kube/core/replication_controller/defaults.hpp>
#include <berth/kube/core/replication_controller/validation.hpp>

namespace berth::kube {

/// Deleting a replication controller leaves its pods, unless the request says otherwise.
[[nodiscard]] BERTH_DECL auto replication_controller_kind() -> api::kind_of<replication_controller>;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/replication_controller/kind.ipp>
#endif
