#pragma once

/// \file
/// The bodies of `berth/kube/autoscaling/horizontal_pod_autoscaler/validation/metrics.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/autoscaling/horizontal_pod_autoscaler/validation/metrics.hpp>
#include <berth/kube/core/validation/resources.hpp>
#include <berth/kube/meta/validation/paths.hpp>

#include <algorithm>

namespace berth::kube::detail {

BERTH_DECL auto version_problem(std::string_view version, target_versions allowed) -> std::string {
    if (allowed == target_versions::even_wrong) return {};
    auto const slash = version.find('/');
    if (slash != std::string_view::npos && version.find('/', slash + 1) != std::string_view::npos)
        return "unexpected GroupVersion string: " + std::string(version);
    auto const grouped = slash != std::string_view::npos && slash != 0;
    return grouped || allowed == target_versions::any ? "" : "apiVersion must specify API group";
}

BERTH_DECL auto validate_target(cross_version_object_reference const& r, target_versions allowed,
                                field_path const& at, field_errors& errors) -> void {
    require_path_segment(r.kind, {}, at.child("kind"), errors);
    require_path_segment(r.name, {}, at.child("name"), errors);
    if (auto const problem = version_problem(r.api_version, allowed); !problem.empty())
        errors.invalid(at.child("apiVersion"), r.api_version, problem);
}

inline auto validate_metric_target(metric_target const& t, field_path const& at, field_errors& errors)
    -> void {
    auto const type = at.child("type");
    auto const positive = [&](object::boxed<object::quantity> const& q, std::string_view name) {
        if (q && q->sign() <= 0) errors.invalid(at.child(name), q->to_string(), "must be positive");
    };
    if (t.type.empty()) errors.required(type, "must specify a metric target type");
    if (t.type != "Utilization" && t.type != "Value" && t.type != "AverageValue")
        errors.invalid(type, t.type, "must be either Utilization, Value, or AverageValue");
    positive(t.value, "value");
    positive(t.average_value, "averageValue");
    if (t.average_utilization && *t.average_utilization < 1)
        errors.invalid(at.child("averageUtilization"), *t.average_utilization, "must be greater than 0");
}

inline auto validate_metric_name(metric_identifier const& m, field_path const& at, field_errors& errors)
    -> void {
    require_path_segment(m.name, "must specify a metric name", at.child("name"), errors);
}

inline auto validate_source(object_metric_source const& s, field_path const& at, field_errors& errors)
    -> void {
    auto const target = at.child("target");
    validate_target(s.described_object, target_versions::any, at.child("describedObject"), errors);
    validate_metric_name(s.metric, at.child("metric"), errors);
    validate_metric_target(s.target, target, errors);
    if (!s.target.value && !s.target.average_value)
        errors.required(target.child("averageValue"), "must set either a target value or averageValue");
}

inline auto validate_source(external_metric_source const& s, field_path const& at, field_errors& errors)
    -> void {
    auto const target = at.child("target");
    validate_metric_name(s.metric, at.child("metric"), errors);
    validate_metric_target(s.target, target, errors);
    if (!s.target.value && !s.target.average_value)
        errors.required(target.child("averageValue"),
                        "must set either a target value for metric or a per-pod target");
    if (s.target.value && s.target.average_value)
        errors.forbidden(target.child("value"),
                         "may not set both a target value for metric and a per-pod target");
}

inline auto validate_source(pods_metric_source const& s, field_path const& at, field_errors& errors) -> void {
    auto const target = at.child("target");
    validate_metric_name(s.metric, at.child("metric"), errors);
    validate_metric_target(s.target, target, errors);
    if (!s.target.average_value || s.target.average_value->sign() <= 0)
        errors.required(target.child("averageValue"), "must specify a positive target averageValue");
}

/// Of a resource: an amount or a part of what is requested.
inline auto validate_amount_or_part(metric_target const& t, field_path const& at, field_errors& errors)
    -> void {
    validate_metric_target(t, at, errors);
    if (!t.average_utilization && !t.average_value)
        errors.required(at.child("averageUtilization"),
                        "must set either a target raw value or a target utilization");
    if (t.average_utilization && t.average_value)
        errors.forbidden(at.child("averageValue"),
                         "may not set both a target raw value and a target utilization");
}

inline auto validate_source(resource_metric_source const& s, field_path const& at, field_errors& errors)
    -> void {
    if (s.name.empty()) errors.required(at.child("name"), "must specify a resource name");
    validate_amount_or_part(s.target, at.child("target"), errors);
}

inline auto validate_source(container_resource_metric_source const& s, field_path const& at,
                            field_errors& errors) -> void {
    auto const container = at.child("container");
    if (s.name.empty()) errors.required(at.child("name"), "must specify a resource name");
    else validate_container_resource_name(s.name, at.child("name"), errors);
    if (s.container.empty()) errors.required(container, "must specify a container");
    else validate_name(name_rule::dns1123_label, s.container, container, errors);
    validate_amount_or_part(s.target, at.child("target"), errors);
}

/// The sources of one metric. Only the first that is there is looked into.
class metric_sources {
public:
    metric_sources(field_path const& at, field_errors& errors) : at_(at), errors_(errors) {}

    template <class Source> auto look(object::boxed<Source> const& s, std::string_view name) -> void {
        if (!s) return;
        there_.push_back(name);
        if (there_.size() == 1) validate_source(*s, at_.child(name), errors_);
    }

    auto expect(std::string_view name) -> void {
        auto const found = std::find(there_.begin(), there_.end(), name) != there_.end();
        if (!found && !name.empty())
            errors_.required(at_.child(name), "must populate information for the given metric source");
        if (there_.size() == 1) return;
        for (auto const other : there_)
            if (other != name)
                errors_.forbidden(at_.child(other), "must populate the given metric source only");
    }

private:
    field_path const& at_;
    field_errors& errors_;
    std::vector<std::string_view> there_;
};

/// Which member a type of metric needs.
inline auto source_of_type(std::string_view type) -> std::string_view {
    constexpr std::pair<std::string_view, std::string_view> sources[] = {
        {"Object", "object"},
        {"Pods", "pods"},
        {"Resource", "resource"},
        {"ContainerResource", "containerResource"},
        {"External", "external"}};
    for (auto const& [known, source] : sources)
        if (known == type) return source;
    return {};
}

inline auto validate_metric(metric_spec const& m, field_path const& at, field_errors& errors) -> void {
    if (m.type.empty()) errors.required(at.child("type"), "must specify a metric source type");
    check_allowed(m, &metric_spec::type, at, errors);
    auto sources = metric_sources(at, errors);
    sources.look(m.object, "object");
    sources.look(m.external, "external");
    sources.look(m.pods, "pods");
    sources.look(m.resource_, "resource");
    sources.look(m.container_resource, "containerResource");
    auto const expected = source_of_type(m.type);
    if (expected.empty()) check_allowed(m, &metric_spec::type, at, errors);
    sources.expect(expected);
}

BERTH_DECL auto validate_metrics(horizontal_pod_autoscaler_spec const& s, field_path const& at,
                                 field_errors& errors) -> void {
    auto wakes = false;
    for (std::size_t i = 0; i < s.metrics.size(); ++i) {
        validate_metric(s.metrics[i], at.index(i), errors);
        wakes = wakes || s.metrics[i].type == "Object" || s.metrics[i].type == "External";
    }
    if (s.min_replicas == 0 && !wakes)
        errors.forbidden(at, "must specify at least one Object or External metric to support scaling to zero "
                             "replicas");
}

} // namespace berth::kube::detail
