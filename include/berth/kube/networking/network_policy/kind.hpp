#pragma once

/// \file
/// How network policies behave in the API, and their table (kubernetes 1.36,
/// `pkg/registry/networking/networkpolicy`, `printNetworkPolicy`).

#include <berth/api/kind.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/columns.hpp>
#include <berth/kube/networking/network_policy/defaults.hpp>
#include <berth/kube/networking/network_policy/validation.hpp>

namespace berth::kube {

[[nodiscard]] BERTH_DECL auto network_policy_kind() -> api::kind_of<network_policy>;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/networking/network_policy/kind.ipp>
#endif
