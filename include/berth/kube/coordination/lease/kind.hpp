#pragma once

/// \file
/// How leases behave in the API, and their table (kubernetes 1.36, `pkg/registry/coordination`).

#include <berth/api/kind.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/columns.hpp>
#include <berth/kube/coordination/lease/type.hpp>
#include <berth/kube/coordination/lease/validation.hpp>

namespace berth::kube {

[[nodiscard]] BERTH_DECL auto lease_kind() -> api::kind_of<lease>;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/coordination/lease/kind.ipp>
#endif
