#pragma once

/// \file
/// How services behave in the API, and their table (kubernetes 1.36, `pkg/registry/core/service`,
/// `printService`).

#include <berth/core/config.hpp>
#include <berth/kube/columns.hpp>
#include <berth/kube/core/service/addresses.hpp>
#include <berth/kube/core/service/defaults.hpp>
#include <berth/kube/core/service/type.hpp>
#include <berth/kube/core/service/validation.hpp>
#include <berth/kube/core/service/validation/update.hpp>
#include <berth/kube/core/service/warnings.hpp>

namespace berth::kube {

[[nodiscard]] BERTH_DECL auto service_kind() -> api::kind_of<service>;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/service/kind.ipp>
#endif
