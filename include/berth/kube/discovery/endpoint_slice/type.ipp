#pragma once

/// \file
/// The tables of `berth/kube/discovery/endpoint_slice/type.hpp`.

#include <berth/kube/discovery/endpoint_slice/type.hpp>

namespace berth::kube {

BERTH_TABLE(endpoint_conditions);
BERTH_TABLE(for_zone);
BERTH_TABLE(for_node);
BERTH_TABLE(endpoint_hints);
BERTH_TABLE(endpoint);
BERTH_TABLE(slice_port);
BERTH_TABLE(endpoint_slice);

} // namespace berth::kube
