#pragma once

/// \file
/// The bodies of `berth/kube/core/namespace/defaults.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/namespace/defaults.hpp>

namespace berth::kube {

BERTH_DECL auto set_defaults(namespace_& n) -> void {
    if (!n.metadata.name.empty()) n.metadata.labels["kubernetes.io/metadata.name"] = n.metadata.name;
    object::apply_defaults(n);
}

} // namespace berth::kube
