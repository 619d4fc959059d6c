#pragma once

/// \file
/// Checks of services that are to be created (Kubernetes 1.36, `pkg/apis/core/validation`). Changes of
/// services are in `validation/update.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/pod/validation/containers.hpp>
#include <berth/kube/core/service/defaults.hpp>
#include <berth/kube/meta/validation.hpp>
#include <berth/kube/meta/validation/addresses.hpp>
#include <berth/kube/meta/validation/internal_value.hpp>

#include <cstdint>
#include <string_view>
#include <utility>

namespace berth::kube {

namespace detail {

inline constexpr auto service_path = field_path("spec");

/// Without an address of its own: clients see the pods.
inline auto is_headless(service_spec const& s) -> bool {
    return s.cluster_ips.size() == 1 && s.cluster_ips[0] == "None";
}

/// Load balancers that keep the client's address ask each node whether it has pods.
inline auto needs_health_check(service_spec const& s) -> bool {
    return s.type == "LoadBalancer" && s.external_traffic_policy == "Local";
}

/// Addresses and their families, by themselves and against each other.
BERTH_DECL auto validate_cluster_ips(service_spec const& s, field_errors& errors) -> void;

BERTH_DECL auto validate_load_balancer_class(service_spec const& s, field_errors& errors) -> void;

} // namespace detail

/// Checks a service, whose addresses and families are settled (`addresses.hpp`).
BERTH_DECL auto validate(service const& s, api::field_errors& errors) -> void;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/service/validation.ipp>
#endif
