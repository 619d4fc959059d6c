#pragma once

/// \file
/// PersistentVolumeClaims: storage that pods ask for (core/v1 of Kubernetes 1.36).

#include <berth/kube/core/persistent_volume_claim/spec.hpp>

namespace berth::kube {

/// A named observation of a claim.
struct persistent_volume_claim_condition {
    std::string type;
    std::string status;
    object::timestamp last_probe_time;
    object::timestamp last_transition_time;
    std::string reason;
    std::string message;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(persistent_volume_claim_condition, "io.k8s.api.core.v1.PersistentVolumeClaimCondition",
                   (type, .required = true, .always = true, .number = 1),
                   (status, .required = true, .always = true, .number = 2),
                   (last_probe_time, .always = true, .number = 3),
                   (last_transition_time, .always = true, .number = 4), (reason, .number = 5),
                   (message, .number = 6))
};

/// A change of a volume's attributes that is under way.
struct modify_volume_status {
    std::string target_volume_attributes_class_name;
    std::string status;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(modify_volume_status, "io.k8s.api.core.v1.ModifyVolumeStatus",
                   (target_volume_attributes_class_name, .number = 1),
                   (status, .required = true, .always = true, .values = "InProgress,Infeasible,Pending",
                    .number = 2))
};

/// What a claim has got.
struct persistent_volume_claim_status {
    std::string phase;
    std::vector<std::string> access_modes;
    resource_list capacity;
    object::list<persistent_volume_claim_condition> conditions;
    resource_list allocated_resources;
    object::string_map allocated_resource_statuses; ///< how far a change of size is, by resource
    object::boxed<std::string> current_volume_attributes_class_name;
    object::boxed<kube::modify_volume_status> modify_volume_status;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(persistent_volume_claim_status, "io.k8s.api.core.v1.PersistentVolumeClaimStatus",
                   (phase, .values = "Bound,Lost,Pending", .fallback = "\"Pending\"", .number = 1),
                   (access_modes, .topology = object::merge_topology::atomic, .number = 2),
                   (capacity, .number = 3),
                   (conditions, .merge_key = "type", .patch = object::patch_strategy::merge,
                    .topology = object::merge_topology::map, .list_keys = "type", .number = 4),
                   (allocated_resources, .number = 5),
                   (allocated_resource_statuses, .topology = object::merge_topology::granular, .number = 7),
                   (current_volume_attributes_class_name, .number = 8), (modify_volume_status, .number = 9))
};

/// Storage that is asked for; a volume is bound to it.
struct persistent_volume_claim {
    static constexpr object::resource_name resource{
        "", "v1", "PersistentVolumeClaim", "persistentvolumeclaims", "persistentvolumeclaim", true};

    object::meta metadata;
    persistent_volume_claim_spec spec;
    persistent_volume_claim_status status;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(persistent_volume_claim, "io.k8s.api.core.v1.PersistentVolumeClaim",
                   (metadata, .always = true, .number = 1), (spec, .always = true, .number = 2),
                   (status, .always = true, .number = 3))
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/persistent_volume_claim/type.ipp>
#endif
