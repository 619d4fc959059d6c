#pragma once

/// \file
/// StorageClasses: how volumes are made (storage.k8s.io/v1 of Kubernetes 1.36).

#include <berth/object/meta.hpp>

namespace berth::kube {

/// A label of nodes that must have one of some values.
struct topology_selector_label_requirement {
    std::string key;
    std::vector<std::string> values;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(topology_selector_label_requirement, "io.k8s.api.core.v1.TopologySelectorLabelRequirement",
                   (key, .required = true, .always = true, .number = 1),
                   (values, .required = true, .always = true, .topology = object::merge_topology::atomic,
                    .number = 2))
};

/// Labels of nodes that are all required; an empty term matches every node.
struct topology_selector_term {
    static constexpr auto berth_topology = object::merge_topology::atomic;

    object::list<topology_selector_label_requirement> match_label_expressions;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(topology_selector_term, "io.k8s.api.core.v1.TopologySelectorTerm",
                   (match_label_expressions, .topology = object::merge_topology::atomic, .number = 1))
};

/// A name for a way to make volumes.
struct storage_class {
    static constexpr object::resource_name resource{"storage.k8s.io", "v1",           "StorageClass",
                                                    "storageclasses", "storageclass", false};

    object::meta metadata;
    std::string provisioner;
    object::string_map parameters;
    object::boxed<std::string> reclaim_policy;
    std::vector<std::string> mount_options;
    std::optional<bool> allow_volume_expansion;
    object::boxed<std::string> volume_binding_mode;
    object::list<topology_selector_term> allowed_topologies; ///< none: wherever the driver reaches
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(storage_class, "io.k8s.api.storage.v1.StorageClass",
                   (metadata, .always = true, .number = 1),
                   (provisioner, .required = true, .always = true, .immutable = true, .number = 2),
                   (parameters, .immutable = true, .number = 3),
                   (reclaim_policy, .immutable = true, .values = "Delete,Retain", .fallback = "\"Delete\"",
                    .number = 4),
                   (mount_options, .topology = object::merge_topology::atomic, .number = 5),
                   (allow_volume_expansion, .number = 6),
                   (volume_binding_mode, .immutable = true, .values = "Immediate,WaitForFirstConsumer",
                    .fallback = "\"Immediate\"", .number = 7),
                   (allowed_topologies, .topology = object::merge_topology::atomic, .number = 8))
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/storage/storage_class/type.ipp>
#endif
