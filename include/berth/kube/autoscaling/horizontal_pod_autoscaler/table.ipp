#pragma once

/// \file
/// The bodies of `berth/kube/autoscaling/horizontal_pod_autoscaler/table.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/autoscaling/horizontal_pod_autoscaler/table.hpp>

#include <algorithm>

namespace berth::kube::detail {

using quantity_box = object::boxed<object::quantity>;

inline constexpr auto unknown_metric = "<unknown>";

inline auto shown_amount(quantity_box const& q) -> std::string { return q ? q->to_string() : "<nil>"; }

/// One number for all, or one for each pod.
template <class Status>
auto shown_value_target(metric_target const& t, Status const& now) -> std::string {
    if (!t.average_value)
        return (now ? shown_amount(now->current.value) : unknown_metric) + "/" + shown_amount(t.value);
    auto const known = now && now->current.average_value;
    return (known ? now->current.average_value->to_string() : unknown_metric) + "/" +
           t.average_value->to_string() + " (avg)";
}

template <class Status>
auto shown_resource_target(std::string const& name, metric_target const& t, Status const& now)
    -> std::string {
    auto const percent = [](std::int32_t n) { return std::to_string(n) + "%"; };
    if (t.average_value)
        return name + ": " + (now ? shown_amount(now->current.average_value) : unknown_metric) + "/" +
               t.average_value->to_string();
    auto const known = now && now->current.average_utilization;
    return name + ": " + (known ? percent(*now->current.average_utilization) : unknown_metric) + "/" +
           (t.average_utilization ? percent(*t.average_utilization) : "<auto>");
}

inline auto shown_metric(metric_spec const& m, metric_status const& now) -> std::string {
    if (m.type == "External" && m.external) return shown_value_target(m.external->target, now.external);
    if (m.type == "Object" && m.object) return shown_value_target(m.object->target, now.object);
    if (m.type == "Pods" && m.pods)
        return (now.pods ? shown_amount(now.pods->current.average_value) : unknown_metric) + "/" +
               shown_amount(m.pods->target.average_value);
    if (m.type == "Resource" && m.resource_)
        return shown_resource_target(m.resource_->name, m.resource_->target, now.resource_);
    if (m.type == "ContainerResource" && m.container_resource)
        return shown_resource_target(m.container_resource->name, m.container_resource->target,
                                     now.container_resource);
    return "<unknown type>";
}

BERTH_DECL auto shown_targets(horizontal_pod_autoscaler const& a) -> std::string {
    constexpr std::size_t most = 2;
    auto const& metrics = a.spec.metrics;
    auto const& known = a.status.current_metrics;
    auto shown = std::vector<std::string>();
    for (std::size_t i = 0; i < std::min(most, metrics.size()); ++i)
        shown.push_back(shown_metric(metrics[i], i < known.size() ? known[i] : metric_status{}));
    return or_none(joined(shown, ", ")) + and_more(metrics.size(), most);
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto horizontal_pod_autoscaler_columns()
    -> std::vector<api::column_of<horizontal_pod_autoscaler>> {
    using autoscaler = horizontal_pod_autoscaler;
    return {
        name_column<autoscaler>(),
        column<autoscaler>("Reference",
                           [](autoscaler const& a, time_point) -> api::cell {
                               return a.spec.scale_target_ref.kind + "/" + a.spec.scale_target_ref.name;
                           }),
        column<autoscaler>(
            "Targets", [](autoscaler const& a, time_point) -> api::cell { return detail::shown_targets(a); }),
        column<autoscaler>("MinPods",
                           [](autoscaler const& a, time_point) -> api::cell {
                               return a.spec.min_replicas ? std::to_string(*a.spec.min_replicas)
                                                          : std::string("<unset>");
                           }),
        column<autoscaler>(
            "MaxPods",
            [](autoscaler const& a, time_point) -> api::cell { return std::int64_t{a.spec.max_replicas}; }),
        column<autoscaler>("Replicas",
                           [](autoscaler const& a, time_point) -> api::cell {
                               return std::int64_t{a.status.current_replicas};
                           }),
        age_column<autoscaler>()};
}

} // namespace berth::kube
