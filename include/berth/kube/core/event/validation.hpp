#pragma once

/// \file
/// Checks of events (Kubernetes 1.36, `pkg/apis/core/validation/events.go`).

#include <berth/kube/core/event/type.hpp>
#include <berth/kube/meta/validation.hpp>

namespace berth::kube {

namespace detail {

/// Events of the newer sort say who reports what.
inline auto validate_reporter(event const& e, field_errors& errors) -> void {
    auto const component = field_path("reportingComponent");
    if (e.reporting_component.empty()) errors.required(component);
    validate_label_name(e.reporting_component, component, errors);
    auto const check = [&](std::string const& value, std::string_view name) {
        auto const at = field_path(name);
        if (value.empty()) errors.required(at);
        if (value.size() > 128) errors.invalid(at, "", "can have at most 128 characters");
    };
    check(e.reporting_instance, "reportingInstance");
    check(e.action, "action");
    check(e.reason, "reason");
    if (e.message.size() > 1024)
        errors.invalid(field_path("message"), "", "can have at most 1024 characters");
}

inline auto validate_event_body(event const& e, field_errors& errors) -> void {
    auto const about = field_path("involvedObject");
    auto const& where = e.metadata.namespace_;
    auto const& subject = e.involved_object.namespace_;
    auto const old = e.event_time.is_zero();
    auto const of_cluster =
        subject.empty() && (where.empty() || where == "default" || (!old && where == "kube-system"));
    auto const matches = subject.empty() ? of_cluster : (!old || where == subject);
    if (!matches) errors.invalid(about.child("namespace"), subject, "does not match event.namespace");
    if (!old) validate_reporter(e, errors);
    if (!object::is_dns1123_subdomain(where))
        errors.invalid_all(field_path("namespace"), where, object::dns1123_subdomain_problems(where));
}

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
