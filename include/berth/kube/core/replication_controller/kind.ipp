#pragma once

/// \file
/// The bodies of `berth/kube/core/replication_controller/kind.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/pod/warnings.hpp>
#include <berth/kube/core/replication_controller/kind.hpp>

#include <string>
#include <vector>

namespace berth::kube::detail {

inline auto replication_scale(replication_controller const& c) -> api::scale_state {
    auto selector = std::string();
    for (auto const& [key, value] : c.spec.selector)
        (selector += selector.empty() ? "" : ",") += key + "=" + value;
    return {c.spec.replicas.value_or(0), c.status.replicas, selector};
}

inline auto set_replication_scale(replication_controller& c, std::int32_t replicas) -> void {
    c.spec.replicas = replicas;
}

inline auto warn_of_replication(replication_controller const& c, replication_controller const* before)
    -> warning_list {
    if (!c.spec.template_) return {};
    if (before != nullptr && c.metadata.generation == before->metadata.generation) return {};
    return warnings_of_template(*c.spec.template_);
}

inline auto replication_columns() -> std::vector<api::column_of<replication_controller>> {
    using controller = replication_controller;
    return {number_column<controller>("Desired",
                                      [](controller const& c, time_point) -> api::cell {
                                          return std::int64_t{c.spec.replicas.value_or(0)};
                                      }),
            number_column<controller>(
                "Current",
                [](controller const& c, time_point) -> api::cell { return std::int64_t{c.status.replicas}; }),
            number_column<controller>("Ready",
                                      [](controller const& c, time_point) -> api::cell {
                                          return std::int64_t{c.status.ready_replicas};
                                      }),
            age_column<controller>(),
            wide_column<controller>("Containers",
                                    [](controller const& c, time_point) -> api::cell {
                                        return c.spec.template_ ? container_names(c.spec.template_->spec)
                                                                : std::string();
                                    }),
            wide_column<controller>("Images",
                                    [](controller const& c, time_point) -> api::cell {
                                        return c.spec.template_ ? container_images(c.spec.template_->spec)
                                                                : std::string();
                                    }),
            wide_column<controller>("Selector", [](controller const& c, time_point) -> api::cell {
                return shown_labels(c.spec.selector);
            })};
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto replication_controller_kind() -> api::kind_of<replication_controller> {
    using controller = replication_controller;
    auto k = api::kind_of<controller>{};
    k.short_names = {"rc"};
    k.categories = {"all"};
    k.generation = api::generation_rule::spec;
    k.metadata.on_update = api::metadata_rules::again::all;
    k.propagation = api::default_propagation::orphan;
    k.set_defaults = &set_defaults;
    k.validate = &validate;
    k.warnings = &detail::warn_of_replication;
    k.validate_update = &validate_update;
    k.validate_status = &validate_status;
    k.field_labels = {
        {"status.replicas", [](controller const& c) { return std::to_string(c.status.replicas); }}};
    k.columns = detail::replication_columns();
    k.columns.insert(k.columns.begin(), name_column<controller>());
    k.subresources = {
        api::scale_subresource<&detail::replication_scale, &detail::set_replication_scale, controller>()};
    return k;
}

} // namespace berth::kube
