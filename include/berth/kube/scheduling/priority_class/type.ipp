#pragma once

/// \file
/// The tables of `berth/kube/scheduling/priority_class/type.hpp`.

#include <berth/kube/scheduling/priority_class/type.hpp>

namespace berth::kube {

BERTH_TABLE(priority_class);

} // namespace berth::kube
