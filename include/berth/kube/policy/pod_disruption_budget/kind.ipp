#pragma once

/// \file
/// The bodies of `berth/kube/policy/pod_disruption_budget/kind.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/policy/pod_disruption_budget/kind.hpp>

namespace berth::kube::detail {

inline auto shown_bound(std::optional<object::int_or_string> const& bound) -> std::string {
    return bound ? bound->to_string() : "N/A";
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto pod_disruption_budget_kind() -> api::kind_of<pod_disruption_budget> {
    using budget = pod_disruption_budget;
    auto k = api::kind_of<budget>{};
    k.short_names = {"pdb"};
    k.generation = api::generation_rule::spec;
    k.unconditional_update = false;
    k.metadata.name = api::name_rule::path_segment; // nobody makes names of hosts of them
    k.metadata.on_update = api::metadata_rules::again::nothing;
    k.validate = &validate;
    k.validate_update = &validate_update;
    k.validate_status = &validate_status;
    k.columns = {name_column<budget>(),
                 column<budget>("Min Available",
                                [](budget const& b, time_point) -> api::cell {
                                    return detail::shown_bound(b.spec.min_available);
                                }),
                 column<budget>("Max Unavailable",
                                [](budget const& b, time_point) -> api::cell {
                                    return detail::shown_bound(b.spec.max_unavailable);
                                }),
                 number_column<budget>("Allowed Disruptions",
                                       [](budget const& b, time_point) -> api::cell {
                                           return std::int64_t{b.status.disruptions_allowed};
                                       }),
                 age_column<budget>()};
    return k;
}

} // namespace berth::kube
