#pragma once

/// \file
/// How it is answered what one may do: until there is access control, everything.

#include <berth/api/kind.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/authorization/self_subject_rules_review/type.hpp>

namespace berth::kube {

[[nodiscard]] BERTH_DECL auto self_subject_rules_review_kind() -> api::kind_of<self_subject_rules_review>;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/authorization/self_subject_rules_review/kind.ipp>
#endif
