#pragma once

/// \file
/// The words in which tests speak of autoscalers.

#include "vocabulary.hpp"

#include <berth/kube/autoscaling/horizontal_pod_autoscaler/type.hpp>

#include <string>
#include <utility>

namespace test {

/// An autoscaler of the deployment `web`.
class make_autoscaler : public maker<make_autoscaler, kube::horizontal_pod_autoscaler> {
public:
    make_autoscaler(std::int32_t least, std::int32_t most) : maker("web") {
        auto& to = value_.spec.scale_target_ref;
        to.api_version = "apps/v1";
        to.kind = "Deployment";
        to.name = "web";
        value_.spec.min_replicas = least;
        value_.spec.max_replicas = most;
    }
    /// By the value of the metric `queue` of something outside.
    auto by_queue(std::int64_t target) -> make_autoscaler& {
        return with([&](auto& a) {
            auto& m = a.spec.metrics.emplace_back();
            m.type = "External";
            auto& e = m.external.engage();
            e.metric.name = "queue";
            e.target.type = "AverageValue";
            e.target.average_value = object::quantity::of(target);
        });
    }
    /// By how much of the requested cpu is used.
    auto by_cpu(std::int32_t percent) -> make_autoscaler& {
        return with([&](auto& a) {
            auto& m = a.spec.metrics.emplace_back();
            m.type = "Resource";
            auto& r = m.resource_.engage();
            r.name = "cpu";
            r.target.type = "Utilization";
            r.target.average_utilization = percent;
        });
    }
    /// Replicas come and go by at most so many within a minute.
    auto at_most(std::int32_t up, std::int32_t down, std::int32_t window = 0) -> make_autoscaler& {
        return with([&](auto& a) {
            auto& b = a.spec.behavior.engage();
            auto const set = [&](auto& rules, std::int32_t n) {
                auto& r = rules.engage();
                r.stabilization_window_seconds = window;
                r.select_policy = std::string("Max");
                auto& p = r.policies.engage().emplace_back();
                p.type = "Pods";
                p.value = n;
                p.period_seconds = 60;
            };
            set(b.scale_up, up);
            set(b.scale_down, down);
        });
    }
};

/// A pod `app=web` that has run for an hour and requests a whole core.
inline auto worker(std::string name) -> make_pod {
    return make_pod(std::move(name))
        .label("app", "web")
        .ready(new_year - seconds(3500))
        .with([](kube::pod& p) {
            p.status.start_time = object::timestamp(new_year - seconds(3600));
            p.spec.containers[0].resources.requests["cpu"] = object::quantity::of(1);
        });
}

} // namespace test
