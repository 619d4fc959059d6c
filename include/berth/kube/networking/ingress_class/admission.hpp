#pragma once

/// \file
/// Gives new ingresses the default class (kubernetes 1.36,
/// `plugin/pkg/admission/network/defaultingressclass`).

#include <berth/api/admission.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/networking/ingress_class/type.hpp>

namespace berth::kube {

/// Says of a class that it is the one of ingresses that name none.
inline constexpr std::string_view default_ingress_class_annotation =
    "ingressclass.kubernetes.io/is-default-class";

/// An ingress that names no class, in neither way, gets the newest default class; of those made at the same
/// time the first by name. Looks at all classes.
[[nodiscard]] BERTH_DECL auto default_ingress_class() -> api::admission;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/networking/ingress_class/admission.ipp>
#endif
