#pragma once

/// \file
/// CSINodes: the storage drivers that nodes have (storage.k8s.io/v1 of Kubernetes 1.36).

#include <berth/object/meta.hpp>

namespace berth::kube {

/// What a driver has for volumes on a node.
struct volume_node_resources {
    std::optional<std::int32_t> count; ///< of volumes at a time; absent: any number
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(volume_node_resources, "io.k8s.api.storage.v1.VolumeNodeResources",
                   (count, .minimum = 0, .number = 1))
};

/// A driver as it is on a node.
struct csi_node_driver {
    std::string name;
    std::string node_id; ///< what the driver calls the node
    std::vector<std::string> topology_keys;
    object::boxed<volume_node_resources> allocatable;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(csi_node_driver, "io.k8s.api.storage.v1.CSINodeDriver",
                   (name, .required = true, .always = true, .number = 1),
                   (node_id, .json = "nodeID", .required = true, .always = true, .number = 2),
                   (topology_keys, .always = true, .topology = object::merge_topology::atomic, .number = 3),
                   (allocatable, .number = 4))
};

/// The drivers of a node.
struct csi_node_spec {
    object::list<csi_node_driver> drivers;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(csi_node_spec, "io.k8s.api.storage.v1.CSINodeSpec",
                   (drivers, .required = true, .always = true, .merge_key = "name",
                    .patch = object::patch_strategy::merge, .topology = object::merge_topology::map,
                    .list_keys = "name", .number = 1))
};

/// The drivers of the node of the same name.
struct csi_node {
    static constexpr object::resource_name resource{"storage.k8s.io", "v1",      "CSINode",
                                                    "csinodes",       "csinode", false};

    object::meta metadata;
    csi_node_spec spec;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(csi_node, "io.k8s.api.storage.v1.CSINode", (metadata, .always = true, .number = 1),
                   (spec, .required = true, .always = true, .number = 2))
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/storage/csi_node/type.ipp>
#endif
