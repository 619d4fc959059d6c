#pragma once

/// \file
/// How ingresses behave in the API, and their table (kubernetes 1.36, `pkg/registry/networking/ingress`,
/// `printIngress`).

#include <berth/api/kind.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/columns.hpp>
#include <berth/kube/networking/ingress/validation.hpp>

namespace berth::kube {

[[nodiscard]] BERTH_DECL auto ingress_kind() -> api::kind_of<ingress>;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/networking/ingress/kind.ipp>
#endif
