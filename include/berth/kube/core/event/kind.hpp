#pragma once

/// \file
/// How events behave in the API, and their table (kubernetes 1.36, `pkg/registry/core/event`, `printEvent`).

#include <berth/kube/columns.hpp>
#include <berth/kube/coordination/lease/validation.hpp>
#include <berth/kube/core/binding/validation.hpp>
#include <berth/kube/core/event/type.hpp>
#include <berth/kube/core/event/validation.hpp>
#include <berth/kube/scheduling/priority_class/validation.hpp>

namespace berth::kube {

namespace detail {

inline auto shown_source(event const& e) -> std::string {
    auto const& component = e.source.component.empty() ? e.reporting_component : e.source.component;
    auto const& instance = e.source.host.empty() ? e.reporting_instance : e.source.host;
    return instance.empty() ? component : component + ", " + instance;
}

inline auto lower_case(std::string text) -> std::string {
    for (auto& c : text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return text;
}

inline auto trimmed(std::string_view text) -> std::string {
    auto const first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return {};
    return std::string(text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1));
}

inline auto event_row(event const& e, time_point now) -> api::table_row {
    auto const first = e.first_timestamp.is_zero() ? since(e.event_time, now) : since(e.first_timestamp, now);
    auto last = e.last_timestamp.is_zero() ? first : since(e.last_timestamp, now);
    auto count = e.count == 0 ? std::int64_t{1} : std::int64_t{e.count};
    if (e.series) {
        last = since(e.series->last_observed_time, now);
        count = e.series->count;
    }
    auto target = lower_case(e.involved_object.kind);
    if (!e.involved_object.name.empty()) target += "/" + e.involved_object.name;
    return {.cells = {std::move(last), e.type, e.reason, std::move(target), e.involved_object.field_path,
                      shown_source(e), trimmed(e.message), first, count, e.metadata.name},
            .condition_reason = {},
            .condition_message = {}};
}

} // namespace detail

[[nodiscard]] inline auto event_kind() -> api::kind_of<event> {
    auto k = api::kind_of<event>{};
    k.short_names = {"ev"};
    k.create_on_update = true;
    k.validate = &validate;
    k.validate_update = &validate_update;
    k.field_labels = {
        {"involvedObject.kind", [](event const& e) { return e.involved_object.kind; }},
        {"involvedObject.namespace", [](event const& e) { return e.involved_object.namespace_; }},
        {"involvedObject.name", [](event const& e) { return e.involved_object.name; }},
        {"involvedObject.uid", [](event const& e) { return e.involved_object.uid; }},
        {"involvedObject.apiVersion", [](event const& e) { return e.involved_object.api_version; }},
        {"involvedObject.resourceVersion", [](event const& e) { return e.involved_object.resource_version; }},
        {"involvedObject.fieldPath", [](event const& e) { return e.involved_object.field_path; }},
        {"reason", [](event const& e) { return e.reason; }},
        {"reportingComponent", [](event const& e) { return e.reporting_component; }},
        {"source",
         [](event const& e) {
             return e.source.component.empty() ? e.reporting_component : e.source.component;
         }},
        {"type", [](event const& e) { return e.type; }}};
    k.columns = {text_column("Last Seen"), text_column("Type"),
                 text_column("Reason"),    text_column("Object"),
                 wide_column("Subobject"), wide_column("Source"),
                 text_column("Message"),   wide_column("First Seen"),
                 wide_column("Count"),     {.name = "Name", .format = "name", .priority = 1}};
    k.row = &detail::event_row;
    return k;
}

} // namespace berth::kube
