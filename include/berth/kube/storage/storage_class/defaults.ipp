#pragma once

/// \file
/// The bodies of `berth/kube/storage/storage_class/defaults.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/storage/storage_class/defaults.hpp>

namespace berth::kube {

BERTH_DECL auto set_defaults(storage_class& o) -> void { object::apply_defaults(o); }

} // namespace berth::kube
