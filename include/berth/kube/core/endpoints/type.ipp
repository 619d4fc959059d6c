#pragma once

/// \file
/// The tables of `berth/kube/core/endpoints/type.hpp`.

#include <berth/kube/core/endpoints/type.hpp>

namespace berth::kube {

BERTH_TABLE(endpoint_address);
BERTH_TABLE(endpoint_port);
BERTH_TABLE(endpoint_subset);
BERTH_TABLE(endpoints);

} // namespace berth::kube
