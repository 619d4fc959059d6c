#pragma once

/// \file
/// The tables of `berth/kube/rbac/role_binding/type.hpp`.

#include <berth/kube/rbac/role_binding/type.hpp>

namespace berth::kube {

BERTH_TABLE(role_binding);

} // namespace berth::kube
