#pragma once

/// \file
/// The tables of `berth/kube/authorization/self_subject_access_review/type.hpp`.

#include <berth/kube/authorization/self_subject_access_review/type.hpp>

namespace berth::kube {

BERTH_TABLE(self_subject_access_review_spec);
BERTH_TABLE(self_subject_access_review);

} // namespace berth::kube
