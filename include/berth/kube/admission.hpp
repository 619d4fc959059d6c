#pragma once

/// \file
/// The admission chain of a Kubernetes API server, as far as its kinds are here.

#include <berth/kube/core/namespace/admission.hpp>
#include <berth/kube/core/node/admission.hpp>
#include <berth/kube/core/pod/admission.hpp>
#include <berth/kube/core/service/admission.hpp>
#include <berth/kube/core/service_account/admission.hpp>
#include <berth/kube/scheduling/priority_class/admission.hpp>

namespace berth::kube {

struct admission_options {
    std::uint64_t seed = 0;                        ///< of everything that is drawn
    std::int64_t failure_toleration_seconds = 300; ///< how long pods stay on failing nodes unless they say it
};

/// The stock chain, in its order.
[[nodiscard]] inline auto admission(admission_options o) -> api::admission_chain {
    return {namespace_lifecycle(),
            service_account_admission(o.seed),
            taint_nodes_by_condition(),
            priority_admission(),
            default_toleration_seconds(o.failure_toleration_seconds),
            service_address_admission(o.seed + 1)};
}

} // namespace berth::kube
