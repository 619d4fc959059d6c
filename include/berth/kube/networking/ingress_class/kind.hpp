#pragma once

/// \file
/// How classes of ingresses behave in the API, and their table (kubernetes 1.36,
/// `pkg/registry/networking/ingressclass`, `printIngressClass`).

#include <berth/api/kind.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/columns.hpp>
#include <berth/kube/networking/ingress_class/validation.hpp>

namespace berth::kube {

[[nodiscard]] BERTH_DECL auto ingress_class_kind() -> api::kind_of<ingress_class>;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/networking/ingress_class/kind.ipp>
#endif
