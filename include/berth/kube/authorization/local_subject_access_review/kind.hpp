#pragma once

/// \file
/// How it is answered whether somebody may do something in a namespace.

#include <berth/api/kind.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/authorization/local_subject_access_review/type.hpp>
#include <berth/kube/authorization/validation.hpp>

namespace berth::kube {

/// Checks a question.
BERTH_DECL auto validate(local_subject_access_review const& r, api::field_errors& errors) -> void;

[[nodiscard]] BERTH_DECL auto local_subject_access_review_kind() -> api::kind_of<local_subject_access_review>;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/authorization/local_subject_access_review/kind.ipp>
#endif
