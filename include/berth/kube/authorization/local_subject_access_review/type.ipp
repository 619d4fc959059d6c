#pragma once

/// \file
/// The tables of `berth/kube/authorization/local_subject_access_review/type.hpp`.

#include <berth/kube/authorization/local_subject_access_review/type.hpp>

namespace berth::kube {

BERTH_TABLE(local_subject_access_review);

} // namespace berth::kube
