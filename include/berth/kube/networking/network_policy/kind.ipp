#pragma once

/// \file
/// The bodies of `berth/kube/networking/network_policy/kind.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/networking/network_policy/kind.hpp>

namespace berth::kube {

BERTH_DECL auto network_policy_kind() -> api::kind_of<network_policy> {
    auto k = api::kind_of<network_policy>{};
    k.metadata.on_update = api::metadata_rules::again::all;
    k.short_names = {"netpol"};
    k.generation = api::generation_rule::spec;
    k.set_defaults = &set_defaults;
    k.validate = &validate;
    k.validate_update = &validate_update;
    k.columns = {name_column<network_policy>(),
                 column<network_policy>("Pod-Selector",
                                        [](network_policy const& p, time_point) -> api::cell {
                                            return object::shown(p.spec.pod_selector);
                                        }),
                 age_column<network_policy>()};
    return k;
}

} // namespace berth::kube
