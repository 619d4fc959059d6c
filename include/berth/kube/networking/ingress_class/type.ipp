#pragma once

/// \file
/// The tables of `berth/kube/networking/ingress_class/type.hpp`.

#include <berth/kube/networking/ingress_class/type.hpp>

namespace berth::kube {

BERTH_TABLE(ingress_class_parameters_reference);
BERTH_TABLE(ingress_class_spec);
BERTH_TABLE(ingress_class);

} // namespace berth::kube
