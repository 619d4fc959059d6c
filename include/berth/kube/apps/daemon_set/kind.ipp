#pragma once

/// \file
/// The bodies of `berth/kube/apps/daemon_set/kind.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/apps/daemon_set/kind.hpp>

#include <algorithm>
#include <charconv>
#include <string>
#include <string_view>

namespace berth::kube::detail {

inline auto template_generation_of(daemon_set const& d) -> std::int64_t {
    auto const* const text = d.metadata.annotations.find(template_generation_annotation);
    auto n = std::int64_t{0};
    if (text != nullptr) std::from_chars(text->data(), text->data() + text->size(), n);
    return n;
}

inline auto set_template_generation(daemon_set& d, std::int64_t n) -> void {
    d.metadata.annotations[std::string(template_generation_annotation)] = std::to_string(n);
}

inline auto prepare_daemon_set(daemon_set& d) -> void {
    set_template_generation(d, std::max(template_generation_of(d), std::int64_t{1}));
}

/// Nobody but the system counts.
inline auto prepare_daemon_set_update(daemon_set& now, daemon_set const& before) -> void {
    auto const changed = !(now.spec.template_ == before.spec.template_);
    set_template_generation(now, template_generation_of(before) + (changed ? 1 : 0));
}

inline auto daemon_number(std::string_view name, api::cell (*value)(daemon_set const&, time_point))
    -> api::column_of<daemon_set> {
    return number_column<daemon_set>(name, value);
}

inline auto daemon_set_columns() -> std::vector<api::column_of<daemon_set>> {
    using set = daemon_set;
    return {name_column<set>(),
            daemon_number("Desired",
                          [](set const& d, time_point) -> api::cell {
                              return std::int64_t{d.status.desired_number_scheduled};
                          }),
            daemon_number("Current",
                          [](set const& d, time_point) -> api::cell {
                              return std::int64_t{d.status.current_number_scheduled};
                          }),
            daemon_number(
                "Ready",
                [](set const& d, time_point) -> api::cell { return std::int64_t{d.status.number_ready}; }),
            daemon_number("Up-to-date",
                          [](set const& d, time_point) -> api::cell {
                              return std::int64_t{d.status.updated_number_scheduled};
                          }),
            daemon_number("Available",
                          [](set const& d, time_point) -> api::cell {
                              return std::int64_t{d.status.number_available};
                          }),
            column<set>("Node Selector",
                        [](set const& d, time_point) -> api::cell {
                            return shown_labels(d.spec.template_.spec.node_selector);
                        }),
            age_column<set>(),
            wide_column<set>(
                "Containers",
                [](set const& d, time_point) -> api::cell { return container_names(d.spec.template_.spec); }),
            wide_column<set>("Images",
                             [](set const& d, time_point) -> api::cell {
                                 return container_images(d.spec.template_.spec);
                             }),
            wide_column<set>("Selector", [](set const& d, time_point) -> api::cell {
                return shown_selector(d.spec.selector);
            })};
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto daemon_set_kind() -> api::kind_of<daemon_set> {
    auto k = api::kind_of<daemon_set>{};
    k.short_names = {"ds"};
    k.categories = {"all"};
    k.generation = api::generation_rule::spec;
    k.set_defaults = &set_defaults;
    k.prepare_create = &detail::prepare_daemon_set;
    k.prepare_update = &detail::prepare_daemon_set_update;
    k.validate = &validate;
    k.warnings = &warnings_of;
    k.validate_update = &validate_update;
    k.validate_status = &validate_status;
    k.columns = detail::daemon_set_columns();
    return k;
}

} // namespace berth::kube
