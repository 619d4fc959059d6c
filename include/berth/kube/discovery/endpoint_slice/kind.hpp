#pragma once

/// \file
/// How endpoint slices behave in the API, and their table (kubernetes 1.36,
/// `pkg/registry/discovery/endpointslice`, `printEndpointSlice`).

#include <berth/api/kind.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/columns.hpp>
#include <berth/kube/discovery/endpoint_slice/validation.hpp>

namespace berth::kube {

[[nodiscard]] BERTH_DECL auto endpoint_slice_kind() -> api::kind_of<endpoint_slice>;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/discovery/endpoint_slice/kind.ipp>
#endif
