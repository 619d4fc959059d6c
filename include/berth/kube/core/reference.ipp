#pragma once

/// \file
/// The tables of `berth/kube/core/reference.hpp`.

#include <berth/kube/core/reference.hpp>

namespace berth::kube {

BERTH_TABLE(object_reference);
BERTH_TABLE(local_object_reference);
BERTH_TABLE(typed_local_object_reference);
BERTH_TABLE(typed_object_reference);

} // namespace berth::kube
