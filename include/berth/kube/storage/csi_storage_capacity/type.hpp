#pragma once

/// \file
/// CSIStorageCapacities: how much room a driver has in a part of the cluster (storage.k8s.io/v1 of
/// Kubernetes 1.36).

#include <berth/object/label_selector.hpp>
#include <berth/object/quantity.hpp>

namespace berth::kube {

/// How much room there is for volumes of a class, as seen from some nodes.
struct csi_storage_capacity {
    static constexpr object::resource_name resource{
        "storage.k8s.io", "v1", "CSIStorageCapacity", "csistoragecapacities", "csistoragecapacity", true};

    object::meta metadata;
    object::boxed<object::label_selector> node_topology; ///< absent: from no node; empty: from all
    std::string storage_class_name;
    object::boxed<object::quantity> capacity;
    object::boxed<object::quantity> maximum_volume_size;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(csi_storage_capacity, "io.k8s.api.storage.v1.CSIStorageCapacity",
                   (metadata, .always = true, .number = 1), (node_topology, .immutable = true, .number = 2),
                   (storage_class_name, .required = true, .always = true, .immutable = true, .number = 3),
                   (capacity, .number = 4), (maximum_volume_size, .number = 5))
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/storage/csi_storage_capacity/type.ipp>
#endif
