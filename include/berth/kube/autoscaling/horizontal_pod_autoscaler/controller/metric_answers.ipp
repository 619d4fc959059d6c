#pragma once

/// \file
/// The bodies of `berth/kube/autoscaling/horizontal_pod_autoscaler/controller/metric_answers.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/autoscaling/horizontal_pod_autoscaler/controller/metric_answers.hpp>

namespace berth::kube::detail {

/// What is said where there is no API of metrics.
inline auto no_metrics_api(metric_query const& q) -> std::string {
    constexpr auto missing = "the server could not find the requested resource (get ";
    switch (q.of) {
    case metric_source::resource:
    case metric_source::container:
        return std::string("unable to fetch metrics from resource metrics API: ") + missing +
               "pods.metrics.k8s.io)";
    case metric_source::pods:
    case metric_source::object:
        return "unable to fetch metrics from custom metrics API: no custom metrics API "
               "(custom.metrics.k8s.io) registered";
    case metric_source::external: break;
    }
    return std::string("unable to fetch metrics from external metrics API: ") + missing + q.metric +
           ".external.metrics.k8s.io)";
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto answer_to(metric_answers const* all, metric_query const& q) -> result<metric_answer> {
    if (all != nullptr)
        if (auto const found = all->find(q); found != all->end()) return found->second;
    return fail(error_code::unavailable, detail::no_metrics_api(q));
}

} // namespace berth::kube
