#pragma once

/// \file
/// `AdmissionReview`: what webhooks are asked, and what they answer (admission.k8s.io/v1 and v1beta1 of
/// Kubernetes 1.36, `admission/plugin/webhook/request`).

#include <berth/api/identity.hpp>
#include <berth/core/config.hpp>
#include <berth/core/error.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace berth::kube {

/// A kind or a resource by its full name.
struct group_version_name {
    std::string_view group;
    std::string_view version;
    std::string_view name; ///< `Pod`, or `pods`
};

/// What a webhook is asked about.
struct review_question {
    std::string uid;                     ///< of the question: the answer must repeat it
    group_version_name kind;             ///< of `object` as it is sent
    group_version_name resource;         ///< in the version that is sent
    group_version_name request_kind;     ///< as it was written
    group_version_name request_resource; ///< as it was written
    std::string_view subresource;
    std::string_view name; ///< empty where it is still to be generated
    std::string_view namespace_;
    std::string_view operation; ///< `CREATE`, ...
    api::identity const* who = nullptr;
    std::string object; ///< JSON; empty: null
    std::string old_object;
    bool dry_run = false;
};

/// The question as a document of `admission.k8s.io/VERSION`.
[[nodiscard]] BERTH_DECL auto review_text(review_question const& q, std::string_view version) -> std::string;

/// What a webhook answers. (Audit annotations are read and dropped: nothing keeps an audit log here.)
struct review_answer {
    bool allowed = false;
    error refusal;     ///< where it is not allowed, in its words
    std::string patch; ///< JSON patch; empty: none
    std::vector<std::string> warnings;
};

/// Reads an answer. `webhook`: its name, for the refusal. Only mutating ones may answer a patch. Errors:
/// `bad_request`, with what is wrong in Kubernetes' words, be it that the answer cannot be read (a member of
/// a wrong type, too) or that it is none. Whether the request then goes on is the webhook's failure policy.
[[nodiscard]] BERTH_DECL auto read_review_answer(std::string_view body, std::string_view webhook,
                                                 std::string_view uid, std::string_view version,
                                                 bool mutating) -> result<review_answer>;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/admissionregistration/admission_review.ipp>
#endif
