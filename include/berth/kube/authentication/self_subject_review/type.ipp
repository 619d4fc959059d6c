#pragma once

/// \file
/// The tables of `berth/kube/authentication/self_subject_review/type.hpp`.

#include <berth/kube/authentication/self_subject_review/type.hpp>

namespace berth::kube {

BERTH_TABLE(self_subject_review_status);
BERTH_TABLE(self_subject_review);

} // namespace berth::kube
