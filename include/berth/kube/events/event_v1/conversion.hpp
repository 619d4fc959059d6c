#pragma once

/// \file
/// How the two versions of events become each other (kubernetes 1.36, `pkg/apis/events/v1/conversion.go`).

#include <berth/core/config.hpp>
#include <berth/kube/events/event_v1/type.hpp>

namespace berth::kube {

[[nodiscard]] BERTH_DECL auto to_core(event_v1 const& e) -> event;

[[nodiscard]] BERTH_DECL auto to_events(event const& e) -> event_v1;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/events/event_v1/conversion.ipp>
#endif
