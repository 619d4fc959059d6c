#pragma once

/// \file
/// Addresses and node ports of services (kubernetes 1.36, `pkg/registry/core/service/storage/alloc.go`): each
/// service gets one of the service range that no other has, or the one it asks for.

#include <berth/api/admission.hpp>
#include <berth/api/errors.hpp>
#include <berth/api/validation.hpp>
#include <berth/core/config.hpp>
#include <berth/core/random.hpp>
#include <berth/kube/core/service/type.hpp>

#include <string_view>

namespace berth::kube {

/// The addresses that services get.
inline constexpr std::string_view service_range = "10.0.0.0/24";

/// `seed` is of the draws.
[[nodiscard]] BERTH_DECL auto service_address_admission(std::uint64_t seed) -> api::admission;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/service/admission.ipp>
#endif
