#pragma once

/// \file
/// The tables of `berth/kube/core/pod/probe.hpp`.

#include <berth/kube/core/pod/probe.hpp>

namespace berth::kube {

BERTH_TABLE(exec_action);
BERTH_TABLE(http_header);
BERTH_TABLE(http_get_action);
BERTH_TABLE(tcp_socket_action);
BERTH_TABLE(grpc_action);
BERTH_TABLE(sleep_action);
BERTH_TABLE(lifecycle_handler);
BERTH_TABLE(lifecycle);
BERTH_TABLE(probe);

} // namespace berth::kube
