#pragma once

/// \file
/// The bodies of `berth/node/detail/container_driver.hpp`.

#include <berth/core/config.hpp>
#include <berth/node/detail/container_driver.hpp>

namespace berth::node::detail {

BERTH_DECL auto pod_label(kube::pod const& pod) -> std::string {
    return pod.metadata.name + "_" + pod.metadata.namespace_ + "(" + pod.metadata.uid + ")";
}

} // namespace berth::node::detail
