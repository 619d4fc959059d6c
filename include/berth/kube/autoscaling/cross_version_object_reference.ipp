#pragma once

/// \file
/// The tables of `berth/kube/autoscaling/cross_version_object_reference.hpp`.

#include <berth/kube/autoscaling/cross_version_object_reference.hpp>

namespace berth::kube {

BERTH_TABLE(cross_version_object_reference);

} // namespace berth::kube
