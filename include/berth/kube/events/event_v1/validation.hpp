#pragma once

/// \file
/// Checks of events in their newer version (Kubernetes 1.36, `pkg/apis/core/validation/events.go`).

#include <berth/core/config.hpp>
#include <berth/kube/events/event_v1/type.hpp>
#include <berth/kube/meta/validation.hpp>

namespace berth::kube {

/// Checks an event that is to be created: it has none of the older version's marks.
BERTH_DECL auto validate(event_v1 const& e, api::field_errors& errors) -> void;

/// Checks a change of an event, of which only the series may change.
BERTH_DECL auto validate_update(event_v1 const& now, event_v1 const& before, api::field_errors& errors)
    -> void;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/events/event_v1/validation.ipp>
#endif
