#pragma once

/// \file
/// The tables of `berth/kube/policy/eviction/type.hpp`.

#include <berth/kube/policy/eviction/type.hpp>

namespace berth::kube {

BERTH_TABLE(eviction);

} // namespace berth::kube
