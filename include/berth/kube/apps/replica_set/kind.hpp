#pragma once

/// \file
/// How replica sets behave in the API, and their table (kubernetes 1.36, `pkg/registry/apps/replicaset`).

#include <berth/api/kind.hpp>
#include <berth/kube/apps/replica_set/defaults.hpp>
#include <berth/kube/apps/replica_set/type.hpp>
#include <berth/kube/apps/replica_set/validation.hpp>
#include <berth/kube/apps/replica_set/warnings.hpp>
#include <berth/kube/apps/workload.hpp>
#include <berth/kube/columns.hpp>

namespace berth::kube {

[[nodiscard]] inline auto replica_set_kind() -> api::kind_of<replica_set> {
    auto k = api::kind_of<replica_set>{};
    k.short_names = {"rs"};
    k.categories = {"all"};
    k.generation = api::generation_rule::spec;
    k.set_defaults = &set_defaults;
    k.validate = &validate;
    k.warnings = &warnings_of;
    k.validate_update = &validate_update;
    k.validate_status = &validate_status;
    k.field_labels = {
        {"status.replicas", [](replica_set const& r) { return std::to_string(r.status.replicas); }}};
    k.columns = {name_column<replica_set>(),
                 number_column<replica_set>("Desired",
                                            [](replica_set const& r, time_point) -> api::cell {
                                                return std::int64_t{r.spec.replicas.value_or(0)};
                                            }),
                 number_column<replica_set>("Current",
                                            [](replica_set const& r, time_point) -> api::cell {
                                                return std::int64_t{r.status.replicas};
                                            }),
                 number_column<replica_set>("Ready",
                                            [](replica_set const& r, time_point) -> api::cell {
                                                return std::int64_t{r.status.ready_replicas};
                                            }),
                 age_column<replica_set>(),
                 wide_column<replica_set>("Containers",
                                          [](replica_set const& r, time_point) -> api::cell {
                                              return container_names(r.spec.template_.spec);
                                          }),
                 wide_column<replica_set>("Images",
                                          [](replica_set const& r, time_point) -> api::cell {
                                              return container_images(r.spec.template_.spec);
                                          }),
                 wide_column<replica_set>("Selector", [](replica_set const& r, time_point) -> api::cell {
                     return detail::shown_selector(r.spec.selector);
                 })};
    k.subresources = {api::scale_subresource<&detail::workload_scale<replica_set>,
                                             &detail::set_workload_scale<replica_set>, replica_set>()};
    return k;
}

} // namespace berth::kube
