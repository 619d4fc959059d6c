#pragma once

/// \file
/// Subsets of Endpoints in their shortest form, and cut to what an object may hold (kubernetes 1.36,
/// `pkg/api/v1/endpoints`, `pkg/controller/endpoint`).

#include <berth/core/config.hpp>
#include <berth/kube/core/endpoints/type.hpp>

#include <cstddef>

namespace berth::kube {

/// Puts addresses with the same ports into one subset, and ports with the same addresses. An address that is
/// both ready and not is not. Addresses are in the order of their texts, ports in that of their names,
/// subsets in that of their ports.
[[nodiscard]] BERTH_DECL auto repacked(object::list<endpoint_subset> const& subsets)
    -> object::list<endpoint_subset>;

/// Leaves at most so many addresses: those that are not ready go first, and of each subset goes its part.
/// Says whether any went.
BERTH_DECL auto truncate(object::list<endpoint_subset>& subsets, std::size_t most) -> bool;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/endpoints/controller/subsets.ipp>
#endif
