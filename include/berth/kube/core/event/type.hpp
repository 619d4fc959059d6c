#pragma once

/// \file
/// Events (core/v1 of Kubernetes 1.36).

#include <berth/kube/core/reference.hpp>

namespace berth::kube {

/// Who saw an event.
struct event_source {
    object::rare_text component;
    std::string host;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(event_source, "io.k8s.api.core.v1.EventSource", (component, .number = 1),
                   (host, .number = 2))
};

/// An event that goes on.
struct event_series {
    std::int32_t count = 0;
    object::micro_timestamp last_observed_time;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(event_series, "io.k8s.api.core.v1.EventSeries", (count, .number = 1),
                   (last_observed_time, .always = true, .number = 2))
};

/// Something that happened to an object.
struct event {
    static constexpr object::resource_name resource{"", "v1", "Event", "events", "event", true};

    object::meta metadata;
    object_reference involved_object;
    std::string reason;
    std::string message;
    event_source source;
    object::timestamp first_timestamp;
    object::timestamp last_timestamp;
    std::int32_t count = 0;
    object::rare_text type;
    object::micro_timestamp event_time;
    object::boxed<event_series> series;
    object::rare_text action;
    object::boxed<object_reference> related;
    object::rare_text reporting_component;
    std::string reporting_instance;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(event, "io.k8s.api.core.v1.Event",
                   (metadata, .required = true, .always = true, .number = 1),
                   (involved_object, .required = true, .always = true, .number = 2), (reason, .number = 3),
                   (message, .number = 4), (source, .always = true, .number = 5),
                   (first_timestamp, .always = true, .number = 6),
                   (last_timestamp, .always = true, .number = 7), (count, .number = 8), (type, .number = 9),
                   (event_time, .always = true, .number = 10), (series, .number = 11), (action, .number = 12),
                   (related, .number = 13), (reporting_component, .always = true, .number = 14),
                   (reporting_instance, .always = true, .number = 15))
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/event/type.ipp>
#endif
