#pragma once

/// \file
/// May I do something? (authorization.k8s.io/v1 of Kubernetes 1.36).

#include <berth/kube/authorization/attributes.hpp>

namespace berth::kube {

/// What.
struct self_subject_access_review_spec {
    object::boxed<kube::resource_attributes> resource_attributes;
    object::boxed<kube::non_resource_attributes> non_resource_attributes;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(self_subject_access_review_spec, "io.k8s.api.authorization.v1.SelfSubjectAccessReviewSpec",
                   (resource_attributes, .number = 1), (non_resource_attributes, .number = 2))
};

/// Asks whether one may do something oneself.
struct self_subject_access_review {
    static constexpr object::resource_name resource{"authorization.k8s.io",    "v1",
                                                    "SelfSubjectAccessReview", "selfsubjectaccessreviews",
                                                    "selfsubjectaccessreview", false};

    object::meta metadata;
    self_subject_access_review_spec spec;
    subject_access_review_status status;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(self_subject_access_review, "io.k8s.api.authorization.v1.SelfSubjectAccessReview",
                   (metadata, .always = true, .number = 1),
                   (spec, .required = true, .always = true, .number = 2),
                   (status, .always = true, .number = 3))
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/authorization/self_subject_access_review/type.ipp>
#endif
