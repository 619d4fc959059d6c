#pragma once

/// \file
/// The tables of `berth/kube/core/pod/environment.hpp`.

#include <berth/kube/core/pod/environment.hpp>

namespace berth::kube {

BERTH_TABLE(env_var_source);
BERTH_TABLE(env_var);
BERTH_TABLE(config_map_env_source);
BERTH_TABLE(secret_env_source);
BERTH_TABLE(env_from_source);

} // namespace berth::kube
