#pragma once

/// \file
/// How it is answered whether somebody may do something: until there is access control, everybody may do
/// everything.

#include <berth/api/kind.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/authorization/subject_access_review/type.hpp>
#include <berth/kube/authorization/validation.hpp>

namespace berth::kube {

/// Checks a question.
BERTH_DECL auto validate(subject_access_review const& r, api::field_errors& errors) -> void;

[[nodiscard]] BERTH_DECL auto subject_access_review_kind() -> api::kind_of<subject_access_review>;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/authorization/subject_access_review/kind.ipp>
#endif
