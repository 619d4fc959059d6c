#pragma once

/// \file
/// What the metrics APIs are asked, and what they have answered, as values (kubernetes 1.36,
/// `pkg/controller/podautoscaler/metrics`).

#include <berth/core/config.hpp>
#include <berth/core/error.hpp>
#include <berth/core/time.hpp>

#include <compare>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace berth::kube::detail {

/// What a metric says cannot be known.
inline auto unavailable(std::string why) -> std::unexpected<error> {
    return fail(error_code::unavailable, std::move(why));
}

} // namespace berth::kube::detail

namespace berth::kube {

/// What a metric is of.
enum class metric_source : std::uint8_t {
    resource,  ///< what pods use of a resource
    container, ///< what one container of each pod uses of a resource
    pods,      ///< something that each pod has
    object,    ///< something that one object has
    external,  ///< something outside the cluster
};

/// A question to a metrics API.
struct metric_query {
    metric_source of = metric_source::resource;
    std::string namespace_;
    std::string metric;    ///< its name, or the resource
    std::string series;    ///< which of the metric's series, as a selector
    std::string pods;      ///< which pods, as a selector; empty for objects and what is outside
    std::string container; ///< the name of one
    std::string object;    ///< `Kind/name` of one

    friend auto operator<=>(metric_query const&, metric_query const&) = default;
};

/// What a pod was seen to use.
struct metric_sample {
    std::int64_t milli = 0; ///< thousandths of a unit
    time_point at;
    duration window = minutes(1); ///< over which it is an average

    friend auto operator==(metric_sample const&, metric_sample const&) -> bool = default;
};

/// Samples by the names of pods.
using pod_samples = std::map<std::string, metric_sample>;

/// An answer of a metrics API: samples of pods, or values in thousandths.
struct metric_answer {
    pod_samples pods;
    std::vector<std::int64_t> values;
};

/// All that the metrics APIs have answered.
using metric_answers = std::map<metric_query, result<metric_answer>>;

/// The answer to a question. What was not answered there is no API for.
[[nodiscard]] BERTH_DECL auto answer_to(metric_answers const* all, metric_query const& q)
    -> result<metric_answer>;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/autoscaling/horizontal_pod_autoscaler/controller/metric_answers.ipp>
#endif
