#pragma once

/// \file
/// The tables of `berth/kube/core/resources.hpp`.

#include <berth/kube/core/resources.hpp>

namespace berth::kube {

BERTH_TABLE(resource_claim);
BERTH_TABLE(resource_requirements);
BERTH_TABLE(volume_resource_requirements);

} // namespace berth::kube
