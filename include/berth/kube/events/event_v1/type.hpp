#pragma once

/// \file
/// Events in their newer version, which are stored as those of the core (events.k8s.io/v1 of Kubernetes
/// 1.36).

#include <berth/kube/core/event/type.hpp>

namespace berth::kube {

/// An event that goes on.
struct event_series_v1 {
    std::int32_t count = 0;
    object::micro_timestamp last_observed_time;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(event_series_v1, "io.k8s.api.events.v1.EventSeries",
                   (count, .required = true, .always = true, .number = 1),
                   (last_observed_time, .required = true, .always = true, .number = 2))
};

/// Something that happened to an object.
struct event_v1 {
    static constexpr object::resource_name resource{"events.k8s.io", "v1", "Event", "events", "event", true};

    object::meta metadata;
    object::micro_timestamp event_time;
    object::boxed<event_series_v1> series;
    std::string reporting_controller;
    std::string reporting_instance;
    std::string action;
    std::string reason;
    object_reference regarding;
    object::boxed<object_reference> related;
    std::string note;
    std::string type;
    event_source deprecated_source;
    object::timestamp deprecated_first_timestamp;
    object::timestamp deprecated_last_timestamp;
    std::int32_t deprecated_count = 0;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(event_v1, "io.k8s.api.events.v1.Event", (metadata, .always = true, .number = 1),
                   (event_time, .required = true, .always = true, .number = 2), (series, .number = 3),
                   (reporting_controller, .number = 4), (reporting_instance, .number = 5),
                   (action, .number = 6), (reason, .number = 7), (regarding, .always = true, .number = 8),
                   (related, .number = 9), (note, .number = 10), (type, .number = 11),
                   (deprecated_source, .always = true, .number = 12),
                   (deprecated_first_timestamp, .always = true, .number = 13),
                   (deprecated_last_timestamp, .always = true, .number = 14),
                   (deprecated_count, .number = 15))
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/events/event_v1/type.ipp>
#endif
