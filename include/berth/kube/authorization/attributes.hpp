#pragma once

/// \file
/// What somebody wants to do, as reviews ask it (authorization.k8s.io/v1 of Kubernetes 1.36).

#include <berth/object/label_selector.hpp>

namespace berth::kube {

/// A condition on one field.
struct field_selector_requirement {
    std::string key;
    std::string operator_;
    std::vector<std::string> values;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(field_selector_requirement,
                   "io.k8s.apimachinery.pkg.apis.meta.v1.FieldSelectorRequirement",
                   (key, .required = true, .always = true, .number = 1),
                   (operator_, .required = true, .always = true, .number = 2),
                   (values, .topology = object::merge_topology::atomic, .number = 3))
};

/// Which fields a request selects by.
struct field_selector_attributes {
    std::string raw_selector;
    object::list<field_selector_requirement> requirements;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(field_selector_attributes, "io.k8s.api.authorization.v1.FieldSelectorAttributes",
                   (raw_selector, .number = 1),
                   (requirements, .topology = object::merge_topology::atomic, .number = 2))
};

/// Which labels a request selects by.
struct label_selector_attributes {
    std::string raw_selector;
    object::list<object::label_selector_requirement> requirements;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(label_selector_attributes, "io.k8s.api.authorization.v1.LabelSelectorAttributes",
                   (raw_selector, .number = 1),
                   (requirements, .topology = object::merge_topology::atomic, .number = 2))
};

/// Something that is done with objects.
struct resource_attributes {
    std::string namespace_;
    std::string verb;
    std::string group;
    std::string version;
    std::string resource_;
    std::string subresource;
    std::string name;
    object::boxed<field_selector_attributes> field_selector;
    object::boxed<label_selector_attributes> label_selector;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(resource_attributes, "io.k8s.api.authorization.v1.ResourceAttributes",
                   (namespace_, .number = 1), (verb, .number = 2), (group, .number = 3),
                   (version, .number = 4), (resource_, .number = 5), (subresource, .number = 6),
                   (name, .number = 7), (field_selector, .number = 8), (label_selector, .number = 9))
};

/// Something that is done with a path that is no resource.
struct non_resource_attributes {
    std::string path;
    std::string verb;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(non_resource_attributes, "io.k8s.api.authorization.v1.NonResourceAttributes",
                   (path, .number = 1), (verb, .number = 2))
};

/// Whether somebody may do it.
struct subject_access_review_status {
    bool allowed = false;
    bool denied = false;
    std::string reason;
    std::string evaluation_error;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(subject_access_review_status, "io.k8s.api.authorization.v1.SubjectAccessReviewStatus",
                   (allowed, .required = true, .always = true, .number = 1), (denied, .number = 4),
                   (reason, .number = 2), (evaluation_error, .number = 3))
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/authorization/attributes.ipp>
#endif
