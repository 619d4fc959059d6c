#pragma once

/// \file
/// The bodies of `berth/kube/control/pod_steps.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/control/pod_steps.hpp>
#include <berth/kube/core/pod/state.hpp>

namespace berth::kube {

BERTH_DECL auto pod_like(pod_template_spec const& t, object::meta const& owner,
                         object::owner_reference reference) -> pod {
    auto p = pod{};
    p.metadata.generate_name = owner.name + "-";
    p.metadata.namespace_ = owner.namespace_;
    p.metadata.labels = t.metadata.labels;
    p.metadata.annotations = t.metadata.annotations;
    p.metadata.finalizers = t.metadata.finalizers;
    p.metadata.owner_references.push_back(std::move(reference));
    p.spec = t.spec;
    return p;
}

BERTH_DECL auto look_again_when_available(reconcile::plan& plan,
                                          std::vector<reconcile::seen<pod>> const& pods,
                                          std::int32_t min_ready_seconds, time_point now) -> void {
    for (auto const& p : pods)
        if (auto const in = until_available(*p, min_ready_seconds, now)) plan.look_again(*in);
}

} // namespace berth::kube
