#pragma once

/// \file
/// How events behave in the API in their newer version, which is stored as that of the core (kubernetes
/// 1.36, `pkg/registry/core/event`).

#include <berth/api/kind.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/events/event_v1/type.hpp>

namespace berth::kube {

[[nodiscard]] BERTH_DECL auto event_v1_kind() -> api::kind_of<event_v1>;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/events/event_v1/kind.ipp>
#endif
