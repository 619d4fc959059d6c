#pragma once

/// \file
/// How fast replicas may come and go: what was called for lately, and how much was changed (kubernetes 1.36,
/// `pkg/controller/podautoscaler/horizontal.go`).

#include <berth/core/config.hpp>
#include <berth/core/time.hpp>
#include <berth/kube/autoscaling/horizontal_pod_autoscaler/type.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace berth::kube {

/// A number of replicas at a time.
struct timed_count {
    time_point at;
    std::int32_t count = 0;

    friend auto operator==(timed_count const&, timed_count const&) -> bool = default;
};

/// A change of the number of replicas.
struct replica_change {
    time_point at;
    std::int32_t from = 0;
    std::int32_t to = 0;

    friend auto operator==(replica_change const&, replica_change const&) -> bool = default;
};

/// What an autoscaler remembers.
struct autoscaler_memory {
    std::vector<timed_count> recommendations; ///< what metrics have called for, before any bound
    std::vector<replica_change> changes;      ///< that took place
    std::optional<replica_change> wanted;     ///< that was planned last, and may not have taken place

    friend auto operator==(autoscaler_memory const&, autoscaler_memory const&) -> bool = default;
};

/// What a bound made of a number of replicas, and why: a reason and a sentence.
struct bounded_count {
    std::int32_t count = 0;
    std::string reason;
    std::string message;
};

/// How many replicas there are, should be, and may be.
struct wanted_count {
    std::int32_t current = 0;
    std::int32_t desired = 0;
    std::int32_t least = 1;
    std::int32_t most = 1;
};

/// Takes notice of how many replicas there are: whether the change that was wanted has taken place. What is
/// too old to matter to anybody is forgotten.
BERTH_DECL auto observe(autoscaler_memory& m, horizontal_pod_autoscaler_spec const& spec,
                        std::int32_t current, time_point now) -> void;

/// The number of replicas that does not follow every short swing of what metrics call for; remembers what
/// they call for. `down_window`: for how long, without rules, fewer are put off.
BERTH_DECL auto stabilize(autoscaler_memory& m, horizontal_pod_autoscaler_spec const& spec,
                          wanted_count const& w, duration down_window, time_point now) -> bounded_count;

/// The number of replicas within what the autoscaler's bounds, and the rates of its rules, allow.
[[nodiscard]] BERTH_DECL auto limit(autoscaler_memory const& m, horizontal_pod_autoscaler_spec const& spec,
                                    wanted_count const& w, time_point now) -> bounded_count;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/autoscaling/horizontal_pod_autoscaler/controller/recommendations.ipp>
#endif
