#pragma once

/// \file
/// The tables of `berth/kube/coordination/lease/type.hpp`.

#include <berth/kube/coordination/lease/type.hpp>

namespace berth::kube {

BERTH_TABLE(lease_spec);
BERTH_TABLE(lease);

} // namespace berth::kube
