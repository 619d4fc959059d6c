#pragma once

/// \file
/// The bodies of `berth/kube/events/event_v1/validation.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/event/validation.hpp>
#include <berth/kube/events/event_v1/conversion.hpp>
#include <berth/kube/events/event_v1/validation.hpp>
#include <berth/kube/meta/validation/internal_value.hpp>

namespace berth::kube::detail {

inline auto validate_series(event_v1 const& e, field_errors& errors) -> void {
    auto const series = field_path("series");
    if (!e.series) return;
    if (e.series->count < 2) errors.invalid(series.child("count"), "", "should be at least 2");
    if (e.series->last_observed_time.is_zero()) errors.required(series.child("lastObservedTime"));
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto validate(event_v1 const& e, api::field_errors& errors) -> void {
    auto const unset = [&](bool is, std::string_view name) {
        if (!is) errors.invalid(api::field_path(name), "", "needs to be unset");
    };
    detail::validate_event_body(to_core(e), errors);
    detail::validate_series(e, errors);
    if (e.event_time.is_zero()) errors.required(api::field_path("eventTime"));
    if (e.type != "Normal" && e.type != "Warning")
        errors.invalid(api::field_path("type"), "", "has invalid value: " + e.type);
    unset(e.deprecated_first_timestamp.is_zero(), "firstTimestamp");
    unset(e.deprecated_last_timestamp.is_zero(), "lastTimestamp");
    unset(e.deprecated_count == 0, "count");
    unset(e.deprecated_source.component.empty() && e.deprecated_source.host.empty(), "source");
}

BERTH_DECL auto validate_update(event_v1 const& now, event_v1 const& before, api::field_errors& errors)
    -> void {
    auto const same = [&](auto const& a, auto const& b, std::string_view name,
                          api::shown_value const& shown) {
        if (a != b) errors.invalid(api::field_path(name), shown, detail::immutable);
    };
    detail::validate_event_body(to_core(now), errors);
    detail::validate_series(now, errors);
    same(now.regarding, before.regarding, "involvedObject", detail::shown_internal(now.regarding));
    same(now.reason, before.reason, "reason", now.reason);
    same(now.note, before.note, "message", now.note);
    same(now.deprecated_source, before.deprecated_source, "source",
         detail::shown_internal(now.deprecated_source));
    same(now.deprecated_count, before.deprecated_count, "count", now.deprecated_count);
    same(now.reporting_controller, before.reporting_controller, "reportingController",
         now.reporting_controller);
    same(now.reporting_instance, before.reporting_instance, "reportingInstance", now.reporting_instance);
    same(now.action, before.action, "action", now.action);
    same(now.type, before.type, "type", now.type);
    if (now.related != before.related)
        errors.invalid(api::field_path("related"),
                       now.related ? detail::shown_internal(*now.related) : api::shown_value::null(),
                       detail::immutable);
}

} // namespace berth::kube
