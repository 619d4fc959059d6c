#pragma once

/// \file
/// The tables of `berth/kube/storage/storage_class/type.hpp`.

#include <berth/kube/storage/storage_class/type.hpp>

namespace berth::kube {

BERTH_TABLE(storage_class);
BERTH_TABLE(topology_selector_label_requirement);
BERTH_TABLE(topology_selector_term);

} // namespace berth::kube
