#pragma once

/// \file
/// The tables of `berth/kube/core/limit_range/type.hpp`.

#include <berth/kube/core/limit_range/type.hpp>

namespace berth::kube {

BERTH_TABLE(limit_range_item);
BERTH_TABLE(limit_range_spec);
BERTH_TABLE(limit_range);

} // namespace berth::kube
