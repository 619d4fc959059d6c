#pragma once

/// \file
/// The tables of `berth/kube/core/pod/field_reference.hpp`.

#include <berth/kube/core/pod/field_reference.hpp>

namespace berth::kube {

BERTH_TABLE(object_field_selector);
BERTH_TABLE(resource_field_selector);
BERTH_TABLE(config_map_key_selector);
BERTH_TABLE(secret_key_selector);
BERTH_TABLE(file_key_selector);
BERTH_TABLE(key_to_path);

} // namespace berth::kube
