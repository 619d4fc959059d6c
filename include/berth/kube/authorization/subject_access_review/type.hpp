#pragma once

/// \file
/// May somebody do something? (authorization.k8s.io/v1 of Kubernetes 1.36).

#include <berth/kube/authorization/attributes.hpp>

namespace berth::kube {

/// Who, and what.
struct subject_access_review_spec {
    object::boxed<kube::resource_attributes> resource_attributes;
    object::boxed<kube::non_resource_attributes> non_resource_attributes;
    std::string user;
    std::vector<std::string> groups;
    object::dictionary<std::vector<std::string>> extra;
    std::string uid;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(subject_access_review_spec, "io.k8s.api.authorization.v1.SubjectAccessReviewSpec",
                   (resource_attributes, .number = 1), (non_resource_attributes, .number = 2),
                   (user, .number = 3), (groups, .topology = object::merge_topology::atomic, .number = 4),
                   (extra, .number = 5), (uid, .number = 6))
};

/// Asks whether somebody may do something.
struct subject_access_review {
    static constexpr object::resource_name resource{"authorization.k8s.io", "v1",
                                                    "SubjectAccessReview",  "subjectaccessreviews",
                                                    "subjectaccessreview",  false};

    object::meta metadata;
    subject_access_review_spec spec;
    subject_access_review_status status;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(subject_access_review, "io.k8s.api.authorization.v1.SubjectAccessReview",
                   (metadata, .always = true, .number = 1),
                   (spec, .required = true, .always = true, .number = 2),
                   (status, .always = true, .number = 3))
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/authorization/subject_access_review/type.ipp>
#endif
