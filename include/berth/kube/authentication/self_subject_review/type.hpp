#pragma once

/// \file
/// Who is asking? (authentication.k8s.io/v1 of Kubernetes 1.36).

#include <berth/kube/authentication/user_info.hpp>

namespace berth::kube {

/// The answer.
struct self_subject_review_status {
    kube::user_info user_info;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(self_subject_review_status, "io.k8s.api.authentication.v1.SelfSubjectReviewStatus",
                   (user_info, .always = true, .number = 1))
};

/// Asks who one is oneself.
struct self_subject_review {
    static constexpr object::resource_name resource{
        "authentication.k8s.io", "v1", "SelfSubjectReview", "selfsubjectreviews", "selfsubjectreview", false};

    object::meta metadata;
    self_subject_review_status status;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(self_subject_review, "io.k8s.api.authentication.v1.SelfSubjectReview",
                   (metadata, .always = true, .number = 1), (status, .always = true, .number = 2))
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/authentication/self_subject_review/type.ipp>
#endif
