#pragma once

/// \file
/// How priority classes behave in the API, and their table (kubernetes 1.36, `pkg/registry/scheduling`).

#include <berth/api/kind.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/columns.hpp>
#include <berth/kube/scheduling/priority_class/defaults.hpp>
#include <berth/kube/scheduling/priority_class/type.hpp>
#include <berth/kube/scheduling/priority_class/validation.hpp>

namespace berth::kube {

[[nodiscard]] BERTH_DECL auto priority_class_kind() -> api::kind_of<priority_class>;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/scheduling/priority_class/kind.ipp>
#endif
