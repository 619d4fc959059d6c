#pragma once

/// \file
/// Checks of events (Kubernetes 1.36, `pkg/apis/core/validation/events.go`).

#include <berth/core/config.hpp>
#include <berth/kube/core/event/type.hpp>
#include <berth/kube/meta/validation.hpp>

namespace berth::kube {

namespace detail {

BERTH_DECL auto validate_event_body(event const& e, field_errors& errors) -> void;

} // namespace detail

/// Checks an event that is to be created. Events may have any name that can be part of a path.
inline auto validate(event const& e, api::field_errors& errors) -> void {
    detail::validate_event_body(e, errors);
}

/// Checks a change of an event.
inline auto validate_update(event const& now, event const& /*before*/, api::field_errors& errors) -> void {
    detail::validate_event_body(now, errors);
}

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/event/validation.ipp>
#endif
