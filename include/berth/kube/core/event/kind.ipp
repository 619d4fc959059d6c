#pragma once

/// \file
/// The bodies of `berth/kube/core/event/kind.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/event/kind.hpp>

namespace berth::kube::detail {

inline auto shown_source(event const& e) -> std::string {
    auto const& component = e.source.component.empty() ? e.reporting_component : e.source.component;
    auto const& instance = e.source.host.empty() ? e.reporting_instance : e.source.host;
    return instance.empty() ? component : component + ", " + instance;
}

BERTH_DECL auto lower_case(std::string text) -> std::string {
    for (auto& c : text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return text;
}

BERTH_DECL auto trimmed(std::string_view text) -> std::string {
    auto const first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return {};
    return std::string(text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1));
}

inline auto first_seen(event const& e, time_point now) -> std::string {
    return e.first_timestamp.is_zero() ? since(e.event_time, now) : since(e.first_timestamp, now);
}

inline auto last_seen(event const& e, time_point now) -> std::string {
    if (e.series) return since(e.series->last_observed_time, now);
    return e.last_timestamp.is_zero() ? first_seen(e, now) : since(e.last_timestamp, now);
}

inline auto event_count(event const& e) -> std::int64_t {
    if (e.series) return e.series->count;
    return e.count == 0 ? 1 : e.count;
}

inline auto shown_object(event const& e) -> std::string {
    auto const kind = lower_case(e.involved_object.kind.str());
    return e.involved_object.name.empty() ? kind : kind + "/" + e.involved_object.name;
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto event_kind() -> api::kind_of<event> {
    auto k = api::kind_of<event>{};
    k.metadata = {.name = api::name_rule::path_segment,
                  .known_finalizers = false,
                  .on_update = api::metadata_rules::again::nothing,
                  .last = true};
    k.short_names = {"ev"};
    k.create_on_update = true;
    k.validate = &validate;
    k.validate_update = &validate_update;
    k.field_labels = {
        {"involvedObject.kind", [](event const& e) { return e.involved_object.kind.str(); }},
        {"involvedObject.namespace", [](event const& e) { return e.involved_object.namespace_; }},
        {"involvedObject.name", [](event const& e) { return e.involved_object.name; }},
        {"involvedObject.uid", [](event const& e) { return e.involved_object.uid; }},
        {"involvedObject.apiVersion", [](event const& e) { return e.involved_object.api_version.str(); }},
        {"involvedObject.resourceVersion",
         [](event const& e) { return e.involved_object.resource_version.str(); }},
        {"involvedObject.fieldPath", [](event const& e) { return e.involved_object.field_path.str(); }},
        {"reason", [](event const& e) { return e.reason; }},
        {"reportingComponent", [](event const& e) { return e.reporting_component.str(); }},
        {"source",
         [](event const& e) -> std::string {
             return e.source.component.empty() ? e.reporting_component : e.source.component;
         }},
        {"type", [](event const& e) { return e.type.str(); }}};
    k.columns = {
        column<event>("Last Seen",
                      [](event const& e, time_point now) -> api::cell { return detail::last_seen(e, now); }),
        column<event>("Type", [](event const& e, time_point) -> api::cell { return e.type; }),
        column<event>("Reason", [](event const& e, time_point) -> api::cell { return e.reason; }),
        column<event>("Object",
                      [](event const& e, time_point) -> api::cell { return detail::shown_object(e); }),
        wide_column<event>(
            "Subobject",
            [](event const& e, time_point) -> api::cell { return e.involved_object.field_path; }),
        wide_column<event>("Source",
                           [](event const& e, time_point) -> api::cell { return detail::shown_source(e); }),
        column<event>("Message",
                      [](event const& e, time_point) -> api::cell { return detail::trimmed(e.message); }),
        wide_column<event>(
            "First Seen",
            [](event const& e, time_point now) -> api::cell { return detail::first_seen(e, now); }),
        wide_column<event>("Count",
                           [](event const& e, time_point) -> api::cell { return detail::event_count(e); }),
        name_column<event>(1)};
    return k;
}

} // namespace berth::kube
