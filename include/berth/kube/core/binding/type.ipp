#pragma once

/// \file
/// The tables of `berth/kube/core/binding/type.hpp`.

#include <berth/kube/core/binding/type.hpp>

namespace berth::kube {

BERTH_TABLE(binding);

} // namespace berth::kube
