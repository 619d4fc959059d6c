#pragma once

/// \file
/// The taints that a node has because of its conditions (kubernetes 1.36, `pkg/controller/nodelifecycle`).

#include <berth/core/config.hpp>
#include <berth/kube/core/node/controller/observations.hpp>

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace berth::kube {

inline constexpr std::string_view not_ready_taint = "node.kubernetes.io/not-ready";
inline constexpr std::string_view unreachable_taint = "node.kubernetes.io/unreachable";
inline constexpr std::string_view unschedulable_taint = "node.kubernetes.io/unschedulable";

/// Whether pods are driven off a node that is not ready.
enum class eviction_allowance : std::uint8_t {
    allowed,
    put_off,  ///< not yet: where they are driven off already that goes on
    suspended ///< no longer
};

/// The taints of a node brought in line with its conditions; those that have other reasons stay as they are.
/// A node that was not ready and becomes unreachable has been unwell since the former: pods do not get their
/// patience anew.
[[nodiscard]] BERTH_DECL auto taints_by_condition(node const& n, time_point now,
                                                  eviction_allowance evicts = eviction_allowance::allowed)
    -> object::list<taint>;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/node/controller/taints.ipp>
#endif
