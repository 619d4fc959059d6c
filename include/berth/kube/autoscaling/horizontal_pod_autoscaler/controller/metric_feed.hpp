#pragma once

/// \file
/// Asks the resource metrics API for what autoscalers want to know (kubernetes 1.36,
/// `pkg/controller/podautoscaler/metrics`).

#include <berth/api/any_client.hpp>
#include <berth/api/registry.hpp>
#include <berth/core/config.hpp>
#include <berth/core/step.hpp>
#include <berth/kube/autoscaling/horizontal_pod_autoscaler/controller/metric_answers.hpp>
#include <berth/kube/autoscaling/horizontal_pod_autoscaler/controller/scale_answers.hpp>
#include <berth/kube/metrics/pod_metrics/type.hpp>
#include <berth/reconcile/cache.hpp>

#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace berth::kube {

/// The newest answers, for those who want them on other threads.
class latest_metrics {
public:
    [[nodiscard]] auto get() const -> std::shared_ptr<metric_answers const> {
        auto const lock = std::scoped_lock(mutex_);
        return answers_;
    }
    auto set(std::shared_ptr<metric_answers const> answers) -> void {
        auto const lock = std::scoped_lock(mutex_);
        answers_ = std::move(answers);
    }
    /// The scales of custom kinds; null: nobody asks about them.
    [[nodiscard]] auto scales() const -> std::shared_ptr<scale_answers const> {
        auto const lock = std::scoped_lock(mutex_);
        return scales_;
    }
    auto set_scales(std::shared_ptr<scale_answers const> answers) -> void {
        auto const lock = std::scoped_lock(mutex_);
        scales_ = std::move(answers);
    }

private:
    mutable std::mutex mutex_;
    std::shared_ptr<metric_answers const> answers_;
    std::shared_ptr<scale_answers const> scales_;
};

/// What `PodMetrics` answer to a question about resources of pods or of containers. Pods that lack what is
/// asked are left out. Errors: `unavailable`, when no pod has it.
[[nodiscard]] BERTH_DECL auto answer_from(std::span<object::object_ref const> all, metric_query const& q)
    -> result<metric_answer>;

/// A component that lists `PodMetrics` once a period and answers what the autoscalers in the caches ask.
/// Where there is no such API there are no answers; when it fails all answers say so. With a registry it asks
/// for the scales of what is of no built-in kind too, of all kinds there that have the subresource. The
/// client and the caches, which somebody else steps, must outlive it.
class metric_feed {
public:
    metric_feed(api::any_client client, reconcile::caches& shared, latest_metrics& into, duration period,
                std::optional<api::shared_registry> kinds = std::nullopt);

    auto step(time_point now) -> wake;
    auto on_wake(waker) -> void {} // nothing but time wakes it

private:
    /// What the autoscalers ask about resources.
    auto queries(time_point now) const -> std::vector<metric_query>;
    auto ask_scales(time_point now) -> void;
    auto ask_scale(api::registry const& known, scale_query const& q) -> result<scale_answer>;
    /// The name of a kind's resource, for as long as this lives: plans speak of it after the kind is gone.
    auto keep(std::shared_ptr<api::kind const> k) -> object::resource_name const&;

    api::any_client client_;
    reconcile::caches* caches_;
    latest_metrics* into_;
    duration period_;
    std::optional<api::shared_registry> kinds_;
    std::vector<std::shared_ptr<api::kind const>> kept_; ///< one of each name
    time_point due_{};
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/autoscaling/horizontal_pod_autoscaler/controller/metric_feed.ipp>
#endif
