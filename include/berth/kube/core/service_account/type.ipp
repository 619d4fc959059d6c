#pragma once

/// \file
/// The tables of `berth/kube/core/service_account/type.hpp`.

#include <berth/kube/core/service_account/type.hpp>

namespace berth::kube {

BERTH_TABLE(service_account);

} // namespace berth::kube
