#pragma once

/// \file
/// The bodies of `berth/kube/core/persistent_volume/defaults.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/persistent_volume/defaults.hpp>

namespace berth::kube {

BERTH_DECL auto set_defaults(persistent_volume& o) -> void { object::apply_defaults(o); }

} // namespace berth::kube
