#pragma once

/// \file
/// Leases: who leads, and which nodes are alive (coordination.k8s.io/v1 of Kubernetes 1.36).

#include <berth/object/meta.hpp>

namespace berth::kube {

/// Who holds a lease, since when and for how long.
struct lease_spec {
    object::boxed<std::string> holder_identity;
    std::optional<std::int32_t> lease_duration_seconds;
    std::optional<object::micro_timestamp> acquire_time;
    std::optional<object::micro_timestamp> renew_time;
    std::optional<std::int32_t> lease_transitions;
    object::boxed<std::string> strategy;
    object::boxed<std::string> preferred_holder;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(lease_spec, "io.k8s.api.coordination.v1.LeaseSpec", (holder_identity, .number = 1),
                   (lease_duration_seconds, .minimum = 1, .number = 2), (acquire_time, .number = 3),
                   (renew_time, .number = 4), (lease_transitions, .minimum = 0, .number = 5),
                   (strategy, .number = 6), (preferred_holder, .number = 7))
};

/// Something that one holder has for a time.
struct lease {
    static constexpr object::resource_name resource{
        "coordination.k8s.io", "v1", "Lease", "leases", "lease", true};

    object::meta metadata;
    lease_spec spec;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(lease, "io.k8s.api.coordination.v1.Lease", (metadata, .always = true, .number = 1),
                   (spec, .always = true, .number = 2))
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/coordination/lease/type.ipp>
#endif
