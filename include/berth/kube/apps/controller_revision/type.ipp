#pragma once

/// \file
/// The tables of `berth/kube/apps/controller_revision/type.hpp`.

#include <berth/kube/apps/controller_revision/type.hpp>

namespace berth::kube {

BERTH_TABLE(controller_revision);

} // namespace berth::kube
