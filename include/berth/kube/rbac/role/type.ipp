#pragma once

/// \file
/// The tables of `berth/kube/rbac/role/type.hpp`.

#include <berth/kube/rbac/role/type.hpp>

namespace berth::kube {

BERTH_TABLE(role);

} // namespace berth::kube
