#pragma once

/// \file
/// The tables of `berth/kube/core/namespace/type.hpp`.

#include <berth/kube/core/namespace/type.hpp>

namespace berth::kube {

BERTH_TABLE(namespace_spec);
BERTH_TABLE(namespace_condition);
BERTH_TABLE(namespace_status);
BERTH_TABLE(namespace_);

} // namespace berth::kube
