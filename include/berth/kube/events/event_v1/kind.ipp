#pragma once

/// \file
/// The bodies of `berth/kube/events/event_v1/kind.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/event/kind.hpp>
#include <berth/kube/events/event_v1/conversion.hpp>
#include <berth/kube/events/event_v1/kind.hpp>
#include <berth/kube/events/event_v1/validation.hpp>

#include <array>

namespace berth::kube::detail {

template <std::size_t N> auto core_event_cell(event_v1 const& e, time_point now) -> api::cell {
    return event_kind().columns[N].value(to_core(e), now);
}

template <std::size_t... N>
auto core_event_columns(std::index_sequence<N...>) -> std::vector<api::column_of<event_v1>> {
    auto const of_core = event_kind().columns;
    auto out = std::vector<api::column_of<event_v1>>();
    constexpr auto values = std::array{&core_event_cell<N>...};
    for (std::size_t i = 0; i < values.size(); ++i) {
        auto const& c = of_core[i];
        out.push_back({c.name, values[i], c.type, c.format, c.priority, c.description});
    }
    return out;
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto event_v1_kind() -> api::kind_of<event_v1> {
    auto const of_core = event_kind();
    auto k = api::kind_of<event_v1>{};
    k.metadata = {.name = api::name_rule::path_segment, .known_finalizers = false};
    k.short_names = of_core.short_names;
    k.create_on_update = of_core.create_on_update;
    k.storage = api::stored_as<event_v1, event>(&to_core, &to_events);
    k.validate = &validate;
    k.validate_update = &validate_update;
    k.field_labels = {{"reason", [](event_v1 const& e) { return e.reason; }},
                      {"type", [](event_v1 const& e) { return e.type; }},
                      {"reportingController", [](event_v1 const& e) { return e.reporting_controller; }},
                      {"regarding.kind", [](event_v1 const& e) { return e.regarding.kind.str(); }},
                      {"regarding.namespace", [](event_v1 const& e) { return e.regarding.namespace_; }},
                      {"regarding.name", [](event_v1 const& e) { return e.regarding.name; }},
                      {"regarding.uid", [](event_v1 const& e) { return e.regarding.uid; }}};
    k.columns = detail::core_event_columns(std::make_index_sequence<10>());
    return k;
}

} // namespace berth::kube
