#pragma once

/// \file
/// The bodies of `berth/kube/admission.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/admission.hpp>

namespace berth::kube {

BERTH_DECL auto admission(admission_options o) -> api::admission_chain {
    auto out = api::admission_chain{namespace_lifecycle(),
                                    limit_ranger(),
                                    service_account_admission(o.seed),
                                    taint_nodes_by_condition(),
                                    pod_security(),
                                    priority_admission(),
                                    default_toleration_seconds(o.failure_toleration_seconds),
                                    default_storage_class(),
                                    storage_protection(),
                                    claim_resize(),
                                    certificate_admission(),
                                    runtime_class_admission(),
                                    default_ingress_class()};
    if (o.call_webhooks) {
        out.push_back(mutating_webhooks({o.call_webhooks, o.stop}, o.seed + 2));
        out.push_back(validating_webhooks({o.call_webhooks, o.stop}, o.seed + 3));
    }
    out.push_back(service_address_admission(o.seed + 1));
    out.push_back(resource_quota_admission());
    return out;
}

} // namespace berth::kube
