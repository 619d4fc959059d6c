#pragma once

/// \file
/// Whose token is this? (authentication.k8s.io/v1 of Kubernetes 1.36).

#include <berth/kube/authentication/user_info.hpp>

namespace berth::kube {

/// A token, and to whom it was presented.
struct token_review_spec {
    std::string token;
    std::vector<std::string> audiences; ///< none: the API server
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(token_review_spec, "io.k8s.api.authentication.v1.TokenReviewSpec", (token, .number = 1),
                   (audiences, .topology = object::merge_topology::atomic, .number = 2))
};

/// The answer.
struct token_review_status {
    bool authenticated = false;
    kube::user_info user;
    std::vector<std::string> audiences; ///< of those asked about
    std::string error;                  ///< why it is nobody's
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(token_review_status, "io.k8s.api.authentication.v1.TokenReviewStatus",
                   (authenticated, .number = 1), (user, .always = true, .number = 2),
                   (audiences, .topology = object::merge_topology::atomic, .number = 4), (error, .number = 3))
};

/// Asks whose a token is.
struct token_review {
    static constexpr object::resource_name resource{"authentication.k8s.io", "v1",          "TokenReview",
                                                    "tokenreviews",          "tokenreview", false};

    object::meta metadata;
    token_review_spec spec;
    token_review_status status;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(token_review, "io.k8s.api.authentication.v1.TokenReview",
                   (metadata, .always = true, .number = 1),
                   (spec, .required = true, .always = true, .number = 2),
                   (status, .always = true, .number = 3))
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/authentication/token_review/type.ipp>
#endif
