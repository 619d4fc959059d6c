#pragma once

/// \file
/// The tables of `berth/kube/core/secret/type.hpp`.

#include <berth/kube/core/secret/type.hpp>

namespace berth::kube {

BERTH_TABLE(secret);

} // namespace berth::kube
