#pragma once

/// \file
/// The bodies of `berth/kube/autoscaling/horizontal_pod_autoscaler/controller/metric_replicas.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/autoscaling/horizontal_pod_autoscaler/controller/metric_replicas.hpp>
#include <berth/object/label_selector_text.hpp>

#include <numeric>
#include <utility>
#include <variant>

namespace berth::kube::detail {

inline auto series_text(metric_identifier const& m) -> std::string {
    if (!m.selector) return {};
    auto const parsed = object::to_selector(*m.selector);
    return parsed ? parsed->to_string() : std::string();
}

/// What one metric calls for, its name in messages, and its status.
struct proposal {
    std::int32_t replicas = 0;
    std::string name;
    metric_status status;
};

inline auto milli(std::int64_t n) -> object::boxed<object::quantity> { return object::quantity::of_milli(n); }

/// A look at one metric.
class metric_look {
public:
    metric_look(horizontal_pod_autoscaler const& a, scaled_workload const& w, std::string const& pods,
                metric_answers const* answers)
        : autoscaler_(a), workload_(w), pods_(pods), answers_(answers) {}

    auto run(metric_spec const& m) -> std::variant<proposal, metric_problem> {
        out_ = {};
        out_.status.type = m.type;
        problem_ = {};
        auto const done = look(m);
        if (done) return std::move(out_);
        problem_.why = done.error().message;
        problem_.said = problem_.said.empty() ? problem_.why : problem_.said + ": " + problem_.why;
        if (m.type == "Object" && m.object && m.object->target.type == "AverageValue")
            problem_.said = "failed to get object metric value: failed to get " + m.object->metric.name +
                            " object metric: " + problem_.why;
        return std::move(problem_);
    }

private:
    auto look(metric_spec const& m) -> result<void> {
        if (m.type == "Object" && m.object) return look(m, *m.object);
        if (m.type == "Pods" && m.pods) return look(m, *m.pods);
        if (m.type == "Resource" && m.resource_) return look(m, *m.resource_);
        if (m.type == "ContainerResource" && m.container_resource) return look(m, *m.container_resource);
        if (m.type == "External" && m.external) return look(m, *m.external);
        problem_.reason = "InvalidMetricSourceType";
        return unavailable("unknown metric source type \"" + m.type + "\"");
    }

    auto ask(metric_spec const& m) -> result<metric_answer> {
        return answer_to(answers_, query_of(m, autoscaler_.metadata.namespace_, pods_));
    }

    auto look(metric_spec const& m, object_metric_source const& s) -> result<void> {
        problem_ = {"FailedGetObjectMetric", {}, "failed to get object metric value"};
        auto const& target = s.target;
        auto const by_value = target.type == "Value" && target.value;
        if (!by_value && !(target.type == "AverageValue" && target.average_value))
            return unavailable(
                "invalid object metric source: neither a value target nor an average value target was set");
        auto const answer = ask(m);
        if (!answer)
            return unavailable("unable to get metric " + s.metric.name + ": " + s.described_object.kind +
                               " on " + autoscaler_.metadata.namespace_ + " " + s.described_object.name +
                               "/" + answer.error().message);
        auto const usage = sum_of(*answer);
        auto const found = by_value
                               ? replicas_by_value(workload_, usage, target.value->milli_value())
                               : replicas_by_share(workload_, usage, target.average_value->milli_value());
        if (!found) return std::unexpected(found.error());
        auto& status = out_.status.object.engage();
        status.described_object = s.described_object;
        status.metric = s.metric;
        (by_value ? status.current.value : status.current.average_value) = milli(found->usage);
        out_.replicas = found->replicas;
        out_.name = by_value ? s.described_object.kind + " metric " + s.metric.name : series_name(s.metric);
        return {};
    }

    auto look(metric_spec const& m, pods_metric_source const& s) -> result<void> {
        problem_ = {"FailedGetPodsMetric", {}, "failed to get pods metric value"};
        auto const answer = ask(m);
        if (!answer)
            return unavailable("unable to get metric " + s.metric.name + ": " + answer.error().message);
        if (!s.target.average_value)
            return unavailable("invalid pods metric source: no average value target was set");
        auto const found =
            replicas_by_average(workload_, answer->pods, s.target.average_value->milli_value(), {});
        if (!found) return std::unexpected(found.error());
        auto& status = out_.status.pods.engage();
        status.metric = s.metric;
        status.current.average_value = milli(found->usage);
        out_.replicas = found->replicas;
        out_.name = "pods metric " + s.metric.name;
        return {};
    }

    auto look(metric_spec const& m, resource_metric_source const& s) -> result<void> {
        problem_ = {"FailedGetResourceMetric", {}, "failed to get " + s.name + " resource metric value"};
        auto current = of_resource(m, s.target, s.name, {});
        if (!current) return std::unexpected(current.error());
        auto& status = out_.status.resource_.engage();
        status.name = s.name;
        status.current = *std::move(current);
        return {};
    }

    auto look(metric_spec const& m, container_resource_metric_source const& s) -> result<void> {
        problem_ = {"FailedGetContainerResourceMetric",
                    {},
                    "failed to get " + s.container + " container metric value"};
        auto current = of_resource(m, s.target, s.name, s.container);
        if (!current) return std::unexpected(current.error());
        auto& status = out_.status.container_resource.engage();
        status.name = s.name;
        status.container = s.container;
        status.current = *std::move(current);
        return {};
    }

    auto of_resource(metric_spec const& m, metric_target const& target, std::string const& resource,
                     std::string const& container) -> result<metric_value_status> {
        if (!target.average_value && !target.average_utilization)
            return unavailable(
                "invalid resource metric source: neither an average utilization target nor an average "
                "value (usage) target was set");
        auto const what =
            "failed to get " + resource + (target.average_value ? " usage: " : " utilization: ");
        auto const answer = ask(m);
        if (!answer)
            return unavailable(what + "unable to get metrics for resource " + resource + ": " +
                               answer.error().message);
        auto const found =
            target.average_value
                ? replicas_by_average(workload_, answer->pods, target.average_value->milli_value(), resource)
                : replicas_by_utilization(workload_, answer->pods, *target.average_utilization, resource,
                                          container);
        if (!found) return unavailable(what + found.error().message);
        out_.replicas = found->replicas;
        out_.name =
            resource + (target.average_value ? " resource"
                        : container.empty()  ? " resource utilization (percentage of request)"
                                             : " container resource utilization (percentage of request)");
        auto out = metric_value_status();
        out.average_value = milli(found->usage);
        if (!target.average_value) out.average_utilization = found->utilization;
        return out;
    }

    auto look(metric_spec const& m, external_metric_source const& s) -> result<void> {
        auto const& metric = s.metric.name;
        auto const by_share = static_cast<bool>(s.target.average_value);
        problem_ = {"FailedGetExternalMetric", {}, "failed to get " + metric + " external metric value"};
        if (!by_share && !s.target.value)
            return unavailable(
                "invalid external metric source: neither a value target nor an average value target was set");
        problem_.said += by_share ? ": failed to get " + metric + " external metric"
                                  : ": failed to get external metric " + metric;
        auto const answer = ask(m);
        if (!answer)
            return unavailable("unable to get external metric " + autoscaler_.metadata.namespace_ + "/" +
                               metric + "/" + object::go_text(s.metric.selector) + ": " +
                               answer.error().message);
        auto const usage = sum_of(*answer);
        auto const found = by_share
                               ? replicas_by_share(workload_, usage, s.target.average_value->milli_value())
                               : replicas_by_value(workload_, usage, s.target.value->milli_value());
        if (!found) return std::unexpected(found.error());
        auto& status = out_.status.external.engage();
        status.metric = s.metric;
        (by_share ? status.current.average_value : status.current.value) = milli(found->usage);
        out_.replicas = found->replicas;
        out_.name = series_name(s.metric);
        return {};
    }

    static auto sum_of(metric_answer const& a) -> std::int64_t {
        return std::accumulate(a.values.begin(), a.values.end(), std::int64_t{0});
    }
    static auto series_name(metric_identifier const& m) -> std::string {
        return "external metric " + m.name + "(" + object::go_text(m.selector) + ")";
    }

    horizontal_pod_autoscaler const& autoscaler_;
    scaled_workload const& workload_;
    std::string const& pods_;
    metric_answers const* answers_;
    proposal out_;
    metric_problem problem_;
};

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto query_of(metric_spec const& m, std::string_view namespace_, std::string const& pods)
    -> metric_query {
    auto out = metric_query();
    out.namespace_ = std::string(namespace_);
    if (m.type == "Resource" && m.resource_) {
        out.of = metric_source::resource;
        out.metric = m.resource_->name;
        out.pods = pods;
    } else if (m.type == "ContainerResource" && m.container_resource) {
        out.of = metric_source::container;
        out.metric = m.container_resource->name;
        out.container = m.container_resource->container;
        out.pods = pods;
    } else if (m.type == "Pods" && m.pods) {
        out.of = metric_source::pods;
        out.metric = m.pods->metric.name;
        out.series = detail::series_text(m.pods->metric);
        out.pods = pods;
    } else if (m.type == "Object" && m.object) {
        out.of = metric_source::object;
        out.metric = m.object->metric.name;
        out.series = detail::series_text(m.object->metric);
        out.object = m.object->described_object.kind + "/" + m.object->described_object.name;
    } else if (m.external) {
        out.of = metric_source::external;
        out.metric = m.external->metric.name;
        out.series = detail::series_text(m.external->metric);
    }
    return out;
}

BERTH_DECL auto replicas_for(horizontal_pod_autoscaler const& a, scaled_workload const& w,
                             std::string const& pods, metric_answers const* answers) -> metric_replicas {
    auto out = metric_replicas();
    auto most = std::int32_t{0};
    auto look = detail::metric_look(a, w, pods, answers);
    for (auto const& m : a.spec.metrics) {
        auto found = look.run(m);
        auto& status = out.statuses.emplace_back();
        if (auto* const problem = std::get_if<metric_problem>(&found)) {
            out.problems.push_back(std::move(*problem));
            continue;
        }
        auto& p = std::get<detail::proposal>(found);
        status = std::move(p.status);
        if (most != 0 && p.replicas <= most) continue;
        most = p.replicas;
        out.metric = std::move(p.name);
    }
    auto const all_useless = out.problems.size() >= a.spec.metrics.size();
    if (!all_useless && (out.problems.empty() || most >= w.desired)) out.replicas = most;
    return out;
}

} // namespace berth::kube
