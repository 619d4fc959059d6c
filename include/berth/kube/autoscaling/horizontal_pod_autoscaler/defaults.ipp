#pragma once

/// \file
/// The bodies of `berth/kube/autoscaling/horizontal_pod_autoscaler/defaults.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/autoscaling/horizontal_pod_autoscaler/defaults.hpp>

namespace berth::kube::detail {

/// Rules of which none is given are these.
inline auto complete_rules(object::boxed<hpa_scaling_rules>& rules, std::optional<std::int32_t> window,
                           std::initializer_list<hpa_scaling_policy> policies) -> void {
    auto& r = rules.engage();
    if (!r.stabilization_window_seconds) r.stabilization_window_seconds = window;
    if (!r.select_policy) r.select_policy = std::string("Max");
    if (r.policies) return; // a list that was given is kept, though it is empty
    for (auto const& p : policies) r.policies.engage().push_back(p);
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto set_defaults(horizontal_pod_autoscaler& a) -> void {
    auto& s = a.spec;
    if (!s.min_replicas) s.min_replicas = 1;
    if (s.metrics.empty()) {
        auto& m = s.metrics.emplace_back();
        m.type = "Resource";
        auto& cpu = m.resource_.engage();
        cpu.name = "cpu";
        cpu.target.type = "Utilization";
        cpu.target.average_utilization = 80;
    }
    if (!s.behavior) return;
    auto const pods = hpa_scaling_policy{"Pods", 4, 15, {}};
    auto const percent = hpa_scaling_policy{"Percent", 100, 15, {}};
    detail::complete_rules(s.behavior->scale_up, 0, {pods, percent});
    detail::complete_rules(s.behavior->scale_down, std::nullopt, {percent});
}

} // namespace berth::kube
