#pragma once

/// \file
/// The bodies of `berth/kube/scheduling/priority_class/defaults.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/scheduling/priority_class/defaults.hpp>

namespace berth::kube {

BERTH_DECL auto set_defaults(priority_class& p) -> void { object::apply_defaults(p); }

} // namespace berth::kube
