#pragma once

/// \file
/// The admission chain of a Kubernetes API server, as far as its kinds are here.

#include <berth/kube/admission/namespace_lifecycle.hpp>
#include <berth/kube/admission/pod_defaults.hpp>
#include <berth/kube/admission/service_account.hpp>
#include <berth/kube/admission/service_addresses.hpp>

namespace berth::kube {

/// The stock chain, in its order. `seed` is of everything that is drawn.
[[nodiscard]] inline auto admission(std::uint64_t seed) -> api::admission_chain {
    return {namespace_lifecycle(),        service_account_admission(seed), taint_nodes_by_condition(),
            priority_admission(),         default_toleration_seconds(),    service_address_admission(seed + 1)};
}

} // namespace berth::kube
