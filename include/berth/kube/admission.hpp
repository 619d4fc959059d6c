#pragma once

/// \file
/// The admission chain of a Kubernetes API server, as far as its kinds are here.

#include <berth/core/config.hpp>
#include <berth/kube/admissionregistration/admission.hpp>
#include <berth/kube/certificates/certificate_signing_request/admission.hpp>
#include <berth/kube/core/limit_range/admission.hpp>
#include <berth/kube/core/namespace/admission.hpp>
#include <berth/kube/core/node/admission.hpp>
#include <berth/kube/core/persistent_volume_claim/admission.hpp>
#include <berth/kube/core/pod/admission.hpp>
#include <berth/kube/core/pod/security/admission.hpp>
#include <berth/kube/core/resource_quota/admission.hpp>
#include <berth/kube/core/service/admission.hpp>
#include <berth/kube/core/service_account/admission.hpp>
#include <berth/kube/networking/ingress_class/admission.hpp>
#include <berth/kube/node/runtime_class/admission.hpp>
#include <berth/kube/scheduling/priority_class/admission.hpp>
#include <berth/kube/storage/storage_class/admission.hpp>

namespace berth::kube {

struct admission_options {
    std::uint64_t seed = 0;                        ///< of everything that is drawn
    std::int64_t failure_toleration_seconds = 300; ///< how long pods stay on failing nodes unless they say it
    webhook_caller call_webhooks =
        {};                    ///< such as `&net::post_all`; empty: webhooks are kept, and never asked
    std::stop_token stop = {}; ///< when writes wait for webhooks no more
};

/// The stock chain, in its order.
[[nodiscard]] BERTH_DECL auto admission(admission_options o) -> api::admission_chain;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/admission.ipp>
#endif
