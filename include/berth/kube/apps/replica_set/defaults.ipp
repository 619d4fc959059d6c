#pragma once

/// \file
/// The bodies of `berth/kube/apps/replica_set/defaults.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/apps/replica_set/defaults.hpp>

namespace berth::kube {

BERTH_DECL auto set_defaults(replica_set& r) -> void {
    object::apply_defaults(r.spec);
    complete(r.spec.template_.spec);
}

} // namespace berth::kube
