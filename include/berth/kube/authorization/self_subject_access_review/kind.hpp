#pragma once

/// \file
/// How it is answered whether one may do something oneself.

#include <berth/api/kind.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/authorization/self_subject_access_review/type.hpp>
#include <berth/kube/authorization/validation.hpp>

namespace berth::kube {

/// Checks a question.
inline auto validate(self_subject_access_review const& r, api::field_errors& errors) -> void {
    detail::validate_attributes(
        r.spec.resource_attributes, r.spec.non_resource_attributes,
        "exactly one of nonResourceAttributes or resourceAttributes must be specified", errors);
    detail::validate_review_metadata(r.metadata, false, errors);
}

[[nodiscard]] BERTH_DECL auto self_subject_access_review_kind() -> api::kind_of<self_subject_access_review>;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/authorization/self_subject_access_review/kind.ipp>
#endif
