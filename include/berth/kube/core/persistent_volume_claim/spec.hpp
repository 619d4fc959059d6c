#pragma once

/// \file
/// What a claim for a volume asks for (core/v1 of Kubernetes 1.36).

#include <berth/kube/core/reference.hpp>
#include <berth/kube/core/resources.hpp>
#include <berth/object/label_selector.hpp>

namespace berth::kube {

/// What a claim for a volume asks for.
struct persistent_volume_claim_spec {
    std::vector<std::string> access_modes;
    object::boxed<object::label_selector> selector;
    volume_resource_requirements resources;
    std::string volume_name;
    object::boxed<std::string> storage_class_name;
    object::boxed<std::string> volume_mode;
    object::boxed<typed_local_object_reference> data_source;
    object::boxed<typed_object_reference> data_source_ref;
    object::boxed<std::string> volume_attributes_class_name;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(persistent_volume_claim_spec, "io.k8s.api.core.v1.PersistentVolumeClaimSpec",
                   (access_modes, .topology = object::merge_topology::atomic,
                    .values = "ReadOnlyMany,ReadWriteMany,ReadWriteOnce,ReadWriteOncePod", .number = 1),
                   (selector, .number = 4), (resources, .always = true, .number = 2),
                   (volume_name, .number = 3), (storage_class_name, .number = 5),
                   (volume_mode, .values = "Block,Filesystem", .fallback = "\"Filesystem\"", .number = 6),
                   (data_source, .number = 7), (data_source_ref, .number = 8),
                   (volume_attributes_class_name, .number = 9))
};

/// A claim that is made for each pod.
struct persistent_volume_claim_template {
    object::meta metadata;
    persistent_volume_claim_spec spec;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(persistent_volume_claim_template, "io.k8s.api.core.v1.PersistentVolumeClaimTemplate",
                   (metadata, .always = true, .number = 1),
                   (spec, .required = true, .always = true, .number = 2))
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/persistent_volume_claim/spec.ipp>
#endif
