#pragma once

/// \file
/// The bodies of `berth/kube/events/event_v1/conversion.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/events/event_v1/conversion.hpp>

namespace berth::kube {

BERTH_DECL auto to_core(event_v1 const& e) -> event {
    auto out = event{};
    out.metadata = e.metadata;
    out.event_time = e.event_time;
    if (e.series) out.series = event_series{e.series->count, e.series->last_observed_time, {}};
    out.reporting_component = e.reporting_controller;
    out.reporting_instance = e.reporting_instance;
    out.action = e.action;
    out.reason = e.reason;
    out.involved_object = e.regarding;
    out.related = e.related;
    out.message = e.note;
    out.type = e.type;
    out.source = e.deprecated_source;
    out.first_timestamp = e.deprecated_first_timestamp;
    out.last_timestamp = e.deprecated_last_timestamp;
    out.count = e.deprecated_count;
    return out;
}

BERTH_DECL auto to_events(event const& e) -> event_v1 {
    auto out = event_v1{};
    out.metadata = e.metadata;
    out.event_time = e.event_time;
    if (e.series) out.series = event_series_v1{e.series->count, e.series->last_observed_time, {}};
    out.reporting_controller = e.reporting_component;
    out.reporting_instance = e.reporting_instance;
    out.action = e.action;
    out.reason = e.reason;
    out.regarding = e.involved_object;
    out.related = e.related;
    out.note = e.message;
    out.type = e.type;
    out.deprecated_source = e.source;
    out.deprecated_first_timestamp = e.first_timestamp;
    out.deprecated_last_timestamp = e.last_timestamp;
    out.deprecated_count = e.count;
    return out;
}

} // namespace berth::kube
