#pragma once

/// \file
/// The bodies of `berth/kube/apps/stateful_set/kind.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/apps/stateful_set/kind.hpp>

namespace berth::kube::detail {

/// How many pods may be missing during a change is behind a feature gate that is off: nobody can say it.
inline auto drop_gated(stateful_set& s) -> void {
    if (s.spec.update_strategy.rolling_update) s.spec.update_strategy.rolling_update->max_unavailable.reset();
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto stateful_set_kind() -> api::kind_of<stateful_set> {
    using set = stateful_set;
    auto k = api::kind_of<set>{};
    k.short_names = {"sts"};
    k.categories = {"all"};
    k.generation = api::generation_rule::spec;
    k.metadata.name = name_rule::dns1123_label;
    k.set_defaults = &set_defaults;
    k.prepare_create = &detail::drop_gated;
    k.prepare_update = [](set& now, set const&) { detail::drop_gated(now); };
    k.validate = &validate;
    k.warnings = &warnings_of;
    k.validate_update = &validate_update;
    k.validate_status = &validate_status;
    k.columns = {name_column<set>(),
                 column<set>("Ready",
                             [](set const& s, time_point) -> api::cell {
                                 return std::to_string(s.status.ready_replicas) + "/" +
                                        std::to_string(s.spec.replicas.value_or(0));
                             }),
                 age_column<set>(),
                 wide_column<set>("Containers",
                                  [](set const& s, time_point) -> api::cell {
                                      return container_names(s.spec.template_.spec);
                                  }),
                 wide_column<set>("Images", [](set const& s, time_point) -> api::cell {
                     return container_images(s.spec.template_.spec);
                 })};
    k.subresources = {
        api::scale_subresource<&detail::workload_scale<set>, &detail::set_workload_scale<set>, set>()};
    return k;
}

} // namespace berth::kube
