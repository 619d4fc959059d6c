#pragma once

/// \file
/// The bodies of `berth/kube/autoscaling/horizontal_pod_autoscaler_v1/conversion.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/autoscaling/horizontal_pod_autoscaler_v1/conversion.hpp>
#include <berth/kube/meta/validation/internal_value.hpp>
#include <berth/object/codec.hpp>
#include <berth/object/parse.hpp>

namespace berth::kube::detail {

using quantity_box = object::boxed<object::quantity>;

/// The value that an annotation carries, or none.
template <class T> auto carried(object::string_map const& annotations, std::string_view key)
    -> std::optional<T> {
    auto const* const text = annotations.find(key);
    if (text == nullptr) return std::nullopt;
    auto const document = object::parse_document(*text);
    if (!document) return std::nullopt;
    auto value = T{};
    auto decoder = object::decoder(object::unknown_members::drop);
    if (!decoder.decode(document->value, object::type_of<T>(), &value)) return std::nullopt;
    return value;
}

template <class T> auto carry(object::string_map& annotations, std::string_view key, T const& value) -> void {
    auto text = std::string();
    object::append_json(text, object::type_of<T>(), &value);
    annotations[std::string(key)] = std::move(text);
}

/// A JSON text whose members begin with small letters: behavior is carried under the names that it has in Go.
inline auto with_small_members(std::string text) -> std::string {
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '"') continue;
        auto const begin = i + 1;
        for (++i; i < text.size() && text[i] != '"'; ++i) i += text[i] == '\\' ? 1U : 0U;
        auto const after = text.find_first_not_of(" \t\r\n", i + 1);
        if (after == std::string::npos || text[after] != ':') continue;
        if (text[begin] >= 'A' && text[begin] <= 'Z')
            text[begin] = static_cast<char>(text[begin] - 'A' + 'a');
    }
    return text;
}

inline auto target_of(object::boxed<object::quantity> const& value, quantity_box const& average)
    -> metric_target {
    auto out = metric_target{};
    out.type = average ? "AverageValue" : "Value";
    if (value) out.value = value;
    if (average) out.average_value = average;
    return out;
}

inline auto resource_target(resource_metric_v1 const& r) -> metric_target {
    auto out = metric_target{};
    out.type = r.target_average_utilization ? "Utilization" : "AverageValue";
    out.average_utilization = r.target_average_utilization;
    out.average_value = r.target_average_value;
    return out;
}

inline auto newer(metric_v1 const& m) -> metric_spec {
    auto out = metric_spec{};
    out.type = m.type;
    if (m.object) {
        auto& o = out.object.engage();
        o.described_object = m.object->target;
        o.metric = {m.object->metric_name, m.object->selector, {}};
        o.target = target_of(m.object->target_value, m.object->average_value);
        if (m.object->average_value) o.target.value.reset();
    }
    if (m.pods) {
        auto& p = out.pods.engage();
        p.metric = {m.pods->metric_name, m.pods->selector, {}};
        p.target = target_of({}, m.pods->target_average_value);
        p.target.type = "AverageValue";
    }
    if (m.resource_) {
        auto& r = out.resource_.engage();
        r.name = m.resource_->name;
        r.target = resource_target(*m.resource_);
    }
    if (m.container_resource) {
        auto& r = out.container_resource.engage();
        r.name = m.container_resource->name;
        r.container = m.container_resource->container;
        r.target = resource_target(*m.container_resource);
    }
    if (m.external) {
        auto& e = out.external.engage();
        e.metric = {m.external->metric_name, m.external->metric_selector, {}};
        e.target = target_of(m.external->target_value, m.external->target_average_value);
    }
    return out;
}

inline auto newer_status(metric_v1 const& m) -> metric_status {
    auto out = metric_status{};
    out.type = m.type;
    if (m.object) {
        auto& o = out.object.engage();
        o.described_object = m.object->target;
        o.metric = {m.object->metric_name, m.object->selector, {}};
        o.current.value = m.object->current_value;
        o.current.average_value = m.object->average_value;
    }
    if (m.pods) {
        auto& p = out.pods.engage();
        p.metric = {m.pods->metric_name, m.pods->selector, {}};
        p.current.average_value = m.pods->current_average_value;
    }
    if (m.resource_) {
        auto& r = out.resource_.engage();
        r.name = m.resource_->name;
        r.current.average_utilization = m.resource_->current_average_utilization;
        r.current.average_value = m.resource_->current_average_value;
    }
    if (m.container_resource) {
        auto& r = out.container_resource.engage();
        r.name = m.container_resource->name;
        r.container = m.container_resource->container;
        r.current.average_utilization = m.container_resource->current_average_utilization;
        r.current.average_value = m.container_resource->current_average_value;
    }
    if (m.external) {
        auto& e = out.external.engage();
        e.metric = {m.external->metric_name, m.external->metric_selector, {}};
        e.current.value = m.external->current_value;
        e.current.average_value = m.external->current_average_value;
    }
    return out;
}

inline auto older(metric_spec const& m) -> metric_v1 {
    auto out = metric_v1{};
    out.type = m.type;
    if (m.object) {
        auto& o = out.object.engage();
        o.target = m.object->described_object;
        o.metric_name = m.object->metric.name;
        o.selector = m.object->metric.selector;
        o.target_value = m.object->target.value ? *m.object->target.value : object::quantity();
        o.average_value = m.object->target.average_value;
    }
    if (m.pods) {
        auto& p = out.pods.engage();
        p.metric_name = m.pods->metric.name;
        p.selector = m.pods->metric.selector;
        p.target_average_value = m.pods->target.average_value;
    }
    if (m.resource_) {
        auto& r = out.resource_.engage();
        r.name = m.resource_->name;
        r.target_average_utilization = m.resource_->target.average_utilization;
        r.target_average_value = m.resource_->target.average_value;
    }
    if (m.container_resource) {
        auto& r = out.container_resource.engage();
        r.name = m.container_resource->name;
        r.container = m.container_resource->container;
        r.target_average_utilization = m.container_resource->target.average_utilization;
        r.target_average_value = m.container_resource->target.average_value;
    }
    if (m.external) {
        auto& e = out.external.engage();
        e.metric_name = m.external->metric.name;
        e.metric_selector = m.external->metric.selector;
        e.target_value = m.external->target.value;
        e.target_average_value = m.external->target.average_value;
    }
    return out;
}

inline auto older_status(metric_status const& m) -> metric_v1 {
    auto out = metric_v1{};
    out.type = m.type;
    if (m.object) {
        auto& o = out.object.engage();
        o.target = m.object->described_object;
        o.metric_name = m.object->metric.name;
        o.selector = m.object->metric.selector;
        o.current_value = m.object->current.value ? *m.object->current.value : object::quantity();
        o.average_value = m.object->current.average_value;
    }
    if (m.pods) {
        auto& p = out.pods.engage();
        p.metric_name = m.pods->metric.name;
        p.selector = m.pods->metric.selector;
        p.current_average_value = m.pods->current.average_value;
    }
    if (m.resource_) {
        auto& r = out.resource_.engage();
        r.name = m.resource_->name;
        r.current_average_utilization = m.resource_->current.average_utilization;
        r.current_average_value = m.resource_->current.average_value;
    }
    if (m.container_resource) {
        auto& r = out.container_resource.engage();
        r.name = m.container_resource->name;
        r.container = m.container_resource->container;
        r.current_average_utilization = m.container_resource->current.average_utilization;
        r.current_average_value = m.container_resource->current.average_value;
    }
    if (m.external) {
        auto& e = out.external.engage();
        e.metric_name = m.external->metric.name;
        e.metric_selector = m.external->metric.selector;
        e.current_value = m.external->current.value;
        e.current_average_value = m.external->current.average_value;
    }
    return out;
}

/// Whether the older version has a member for it.
inline auto is_cpu_part(metric_spec const& m) -> bool {
    return m.type == "Resource" && m.resource_ && m.resource_->name == "cpu" &&
           m.resource_->target.average_utilization;
}

inline auto read_carried(horizontal_pod_autoscaler& out) -> void {
    auto& annotations = out.metadata.annotations;
    auto const& [metrics, current, behavior, conditions] = carried_annotations;
    if (auto const found = carried<object::list<metric_v1>>(annotations, metrics)) {
        auto own = std::exchange(out.spec.metrics, {});
        for (auto const& m : *found) out.spec.metrics.push_back(newer(m));
        for (auto& m : own) out.spec.metrics.push_back(std::move(m));
    }
    if (auto* const text = annotations.find(behavior)) *text = with_small_members(std::move(*text));
    if (auto found = carried<horizontal_pod_autoscaler_behavior>(annotations, behavior))
        out.spec.behavior = *std::move(found);
    if (auto const found = carried<object::list<metric_v1>>(annotations, current)) {
        out.status.current_metrics.clear();
        for (auto const& m : *found) out.status.current_metrics.push_back(newer_status(m));
    }
    if (auto found = carried<object::list<horizontal_pod_autoscaler_condition>>(annotations, conditions))
        out.status.conditions = *std::move(found);
    for (auto const key : carried_annotations) annotations.erase(key);
}

/// What both versions have members for.
template <class To, class From> auto copy_common(To& to, From const& from) -> void {
    to.metadata = from.metadata;
    to.spec.scale_target_ref = from.spec.scale_target_ref;
    to.spec.min_replicas = from.spec.min_replicas;
    to.spec.max_replicas = from.spec.max_replicas;
    to.status.observed_generation = from.status.observed_generation;
    to.status.last_scale_time = from.status.last_scale_time;
    to.status.current_replicas = from.status.current_replicas;
    to.status.desired_replicas = from.status.desired_replicas;
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto to_version_2(horizontal_pod_autoscaler_v1 const& a) -> horizontal_pod_autoscaler {
    auto out = horizontal_pod_autoscaler{};
    detail::copy_common(out, a);
    if (auto const percent = a.spec.target_cpu_utilization_percentage) {
        auto& m = out.spec.metrics.emplace_back();
        m.type = "Resource";
        m.resource_.engage().name = "cpu";
        m.resource_->target.type = "Utilization";
        m.resource_->target.average_utilization = percent;
    }
    if (auto const percent = a.status.current_cpu_utilization_percentage) {
        auto& m = out.status.current_metrics.emplace_back();
        m.type = "Resource";
        m.resource_.engage().name = "cpu";
        m.resource_->current.average_utilization = percent;
    }
    detail::read_carried(out);
    return out;
}

BERTH_DECL auto to_version_1(horizontal_pod_autoscaler const& a) -> horizontal_pod_autoscaler_v1 {
    auto out = horizontal_pod_autoscaler_v1{};
    detail::copy_common(out, a);
    auto others = object::list<metric_v1>();
    for (auto const& m : a.spec.metrics)
        if (detail::is_cpu_part(m))
            out.spec.target_cpu_utilization_percentage = m.resource_->target.average_utilization;
        else others.push_back(detail::older(m));
    auto current = object::list<metric_v1>();
    for (auto const& m : a.status.current_metrics) {
        current.push_back(detail::older_status(m));
        if (m.type == "Resource" && m.resource_ && m.resource_->name == "cpu" &&
            m.resource_->current.average_utilization)
            out.status.current_cpu_utilization_percentage = m.resource_->current.average_utilization;
    }
    auto& annotations = out.metadata.annotations;
    auto const& [metrics, values, behavior, conditions] = carried_annotations;
    if (!others.empty()) detail::carry(annotations, metrics, others);
    if (!current.empty()) detail::carry(annotations, values, current);
    if (a.spec.behavior)
        detail::append_internal(annotations[std::string(behavior)] = {},
                                object::type_of<horizontal_pod_autoscaler_behavior>(), a.spec.behavior.get());
    if (!a.status.conditions.empty()) detail::carry(annotations, conditions, a.status.conditions);
    return out;
}

} // namespace berth::kube
