#pragma once

/// \file
/// May somebody do something in a namespace? (authorization.k8s.io/v1 of Kubernetes 1.36).

#include <berth/kube/authorization/subject_access_review/type.hpp>

namespace berth::kube {

/// Asks whether somebody may do something in a namespace.
struct local_subject_access_review {
    static constexpr object::resource_name resource{"authorization.k8s.io",     "v1",
                                                    "LocalSubjectAccessReview", "localsubjectaccessreviews",
                                                    "localsubjectaccessreview", true};

    object::meta metadata;
    subject_access_review_spec spec;
    subject_access_review_status status;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(local_subject_access_review, "io.k8s.api.authorization.v1.LocalSubjectAccessReview",
                   (metadata, .always = true, .number = 1),
                   (spec, .required = true, .always = true, .number = 2),
                   (status, .always = true, .number = 3))
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/authorization/local_subject_access_review/type.ipp>
#endif
