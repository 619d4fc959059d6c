#pragma once

/// \file
/// How namespaces behave in the API (kubernetes 1.36, `pkg/registry/core/namespace`).

#include <berth/core/config.hpp>
#include <berth/kube/columns.hpp>
#include <berth/kube/core/namespace/defaults.hpp>
#include <berth/kube/core/namespace/type.hpp>
#include <berth/kube/core/namespace/validation.hpp>

namespace berth::kube {

/// A namespace's deletion waits until its own finalizers are gone: what is in it goes first.
[[nodiscard]] BERTH_DECL auto namespace_kind() -> api::kind_of<namespace_>;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/namespace/kind.ipp>
#endif
