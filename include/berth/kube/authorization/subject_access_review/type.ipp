#pragma once

/// \file
/// The tables of `berth/kube/authorization/subject_access_review/type.hpp`.

#include <berth/kube/authorization/subject_access_review/type.hpp>

namespace berth::kube {

BERTH_TABLE(subject_access_review_spec);
BERTH_TABLE(subject_access_review);

} // namespace berth::kube
