#pragma once

/// \file
/// How pods behave in the API (kubernetes 1.36, `pkg/registry/core/pod`).

#include <berth/core/config.hpp>
#include <berth/kube/core/binding/type.hpp>
#include <berth/kube/core/pod/defaults.hpp>
#include <berth/kube/core/pod/table.hpp>
#include <berth/kube/core/pod/validation.hpp>
#include <berth/kube/core/pod/validation/status.hpp>
#include <berth/kube/core/pod/validation/update.hpp>
#include <berth/kube/core/pod/warnings.hpp>

namespace berth::kube {

[[nodiscard]] BERTH_DECL auto pod_kind() -> api::kind_of<pod>;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/pod/kind.ipp>
#endif
