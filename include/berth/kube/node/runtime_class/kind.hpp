#pragma once

/// \file
/// How runtime classes behave in the API, and their table (kubernetes 1.36,
/// `pkg/registry/node/runtimeclass`, `printRuntimeClass`).

#include <berth/api/kind.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/columns.hpp>
#include <berth/kube/node/runtime_class/validation.hpp>

namespace berth::kube {

[[nodiscard]] BERTH_DECL auto runtime_class_kind() -> api::kind_of<runtime_class>;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/node/runtime_class/kind.ipp>
#endif
