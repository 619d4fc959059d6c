#pragma once

/// \file
/// The tables of `berth/kube/core/pod/projected_volume.hpp`.

#include <berth/kube/core/pod/projected_volume.hpp>

namespace berth::kube {

BERTH_TABLE(secret_volume_source);
BERTH_TABLE(config_map_volume_source);
BERTH_TABLE(downward_api_volume_file);
BERTH_TABLE(downward_api_volume_source);
BERTH_TABLE(secret_projection);
BERTH_TABLE(config_map_projection);
BERTH_TABLE(downward_api_projection);
BERTH_TABLE(service_account_token_projection);
BERTH_TABLE(cluster_trust_bundle_projection);
BERTH_TABLE(pod_certificate_projection);
BERTH_TABLE(volume_projection);
BERTH_TABLE(projected_volume_source);

} // namespace berth::kube
