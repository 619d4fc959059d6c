#pragma once

/// \file
/// What may I do in a namespace? (authorization.k8s.io/v1 of Kubernetes 1.36).

#include <berth/object/meta.hpp>

namespace berth::kube {

/// Where.
struct self_subject_rules_review_spec {
    std::string namespace_;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(self_subject_rules_review_spec, "io.k8s.api.authorization.v1.SelfSubjectRulesReviewSpec",
                   (namespace_, .number = 1))
};

/// Verbs on some resources.
struct resource_rule {
    std::vector<std::string> verbs;
    std::vector<std::string> api_groups;
    std::vector<std::string> resources;
    std::vector<std::string> resource_names;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(resource_rule, "io.k8s.api.authorization.v1.ResourceRule",
                   (verbs, .required = true, .always = true, .topology = object::merge_topology::atomic,
                    .number = 1),
                   (api_groups, .topology = object::merge_topology::atomic, .number = 2),
                   (resources, .topology = object::merge_topology::atomic, .number = 3),
                   (resource_names, .topology = object::merge_topology::atomic, .number = 4))
};

/// Verbs on some paths that are no resources.
struct non_resource_rule {
    std::vector<std::string> verbs;
    std::vector<std::string> non_resource_urls;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(non_resource_rule, "io.k8s.api.authorization.v1.NonResourceRule",
                   (verbs, .required = true, .always = true, .topology = object::merge_topology::atomic,
                    .number = 1),
                   (non_resource_urls, .json = "nonResourceURLs", .topology = object::merge_topology::atomic,
                    .number = 2))
};

/// The answer.
struct subject_rules_review_status {
    object::list<resource_rule> resource_rules;
    object::list<non_resource_rule> non_resource_rules;
    bool incomplete = false;
    std::string evaluation_error;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(subject_rules_review_status, "io.k8s.api.authorization.v1.SubjectRulesReviewStatus",
                   (resource_rules, .required = true, .always = true,
                    .topology = object::merge_topology::atomic, .number = 1),
                   (non_resource_rules, .required = true, .always = true,
                    .topology = object::merge_topology::atomic, .number = 2),
                   (incomplete, .required = true, .always = true, .number = 3),
                   (evaluation_error, .number = 4))
};

/// Asks what one may do in a namespace.
struct self_subject_rules_review {
    static constexpr object::resource_name resource{"authorization.k8s.io",   "v1",
                                                    "SelfSubjectRulesReview", "selfsubjectrulesreviews",
                                                    "selfsubjectrulesreview", false};

    object::meta metadata;
    self_subject_rules_review_spec spec;
    subject_rules_review_status status;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(self_subject_rules_review, "io.k8s.api.authorization.v1.SelfSubjectRulesReview",
                   (metadata, .always = true, .number = 1),
                   (spec, .required = true, .always = true, .number = 2),
                   (status, .always = true, .number = 3))
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/authorization/self_subject_rules_review/type.ipp>
#endif
