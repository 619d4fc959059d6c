#pragma once

/// \file
/// How endpoints are spread over slices: few writes first, few slices second (kubernetes 1.36,
/// `k8s.io/endpointslice`, `reconcileByPortMapping`).

#include <berth/core/config.hpp>
#include <berth/kube/discovery/endpoint_slice/controller/slice_changes.hpp>

#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace berth::kube {

/// Endpoints by `detail::endpoint_key`.
using endpoint_set = std::map<std::string, endpoint>;

/// What slices of one type of address and one set of ports are made by.
struct slice_pattern {
    endpoint_slice empty;   ///< a new one, without endpoints
    std::size_t most = 100; ///< endpoints of one slice
};

/// Brings the endpoints that should be there into slices. Endpoints stay in the slices in which they are;
/// those that are left fill up slices that change anyway, the fullest first; then one slice that has room for
/// all of them; then new slices. Slices that are left with nothing go. Costs as much as there are endpoints.
[[nodiscard]] BERTH_DECL auto pack(std::vector<reconcile::seen<endpoint_slice>> const& existing,
                                   endpoint_set desired, slice_pattern const& pattern) -> slice_changes;

namespace detail {

/// The labels of a slice but those that tell whose it is.
[[nodiscard]] BERTH_DECL auto given_labels(object::string_map labels) -> object::string_map;

} // namespace detail

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/discovery/endpoint_slice/controller/packing.ipp>
#endif
