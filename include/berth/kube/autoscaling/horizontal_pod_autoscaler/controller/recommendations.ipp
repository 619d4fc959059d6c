#pragma once

/// \file
/// The bodies of `berth/kube/autoscaling/horizontal_pod_autoscaler/controller/recommendations.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/autoscaling/horizontal_pod_autoscaler/controller/recommendations.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace berth::kube::detail {

/// The longest time that rules may look back.
inline constexpr duration longest_memory = seconds(3600);

inline auto put_off_less() -> bounded_count {
    return {
        0, "ScaleDownStabilized",
        "recent recommendations were higher than current one, applying the highest recent recommendation"};
}
inline auto put_off_more() -> bounded_count {
    return {0, "ScaleUpStabilized",
            "recent recommendations were lower than current one, applying the lowest recent recommendation"};
}

inline auto window_of(object::boxed<hpa_scaling_rules> const& rules, duration otherwise) -> duration {
    if (!rules || !rules->stabilization_window_seconds) return otherwise;
    return seconds(*rules->stabilization_window_seconds);
}

/// By how much replicas grew (`sign` 1) or shrank (-1) within a time, in sum.
inline auto changed_within(autoscaler_memory const& m, duration period, time_point now) -> std::int64_t {
    auto sum = std::int64_t{0};
    for (auto const& c : m.changes)
        if (c.at > now - period) sum += std::int64_t{c.to} - c.from;
    return sum;
}

inline auto fit(double n) -> std::int32_t {
    return static_cast<std::int32_t>(std::clamp<double>(n, std::numeric_limits<std::int32_t>::min(),
                                                        std::numeric_limits<std::int32_t>::max()));
}

/// What one policy allows at most (growing) or at least.
inline auto policy_bound(hpa_scaling_policy const& p, double start, bool growing) -> std::int32_t {
    auto const part = static_cast<double>(p.value) / 100;
    if (p.type == "Pods") return fit(growing ? start + p.value : start - p.value);
    return fit(growing ? std::ceil(start * (1 + part)) : std::trunc(start * (1 - part)));
}

/// How far rules let replicas grow, or shrink, from where they were when each policy's period began.
inline auto rate_bound(autoscaler_memory const& m, hpa_scaling_rules const& rules, std::int32_t current,
                       bool growing, time_point now) -> std::int32_t {
    auto const select = rules.select_policy ? *rules.select_policy : std::string("Max");
    if (select == "Disabled") return current;
    auto const highest = (select == "Min") != growing; // the greatest change, or the least, as a number
    auto out = highest ? std::numeric_limits<std::int32_t>::min() : std::numeric_limits<std::int32_t>::max();
    if (!rules.policies) return out;
    for (auto const& p : *rules.policies) {
        auto const start = std::int64_t{current} - changed_within(m, seconds(p.period_seconds), now);
        auto const bound = policy_bound(p, static_cast<double>(start), growing);
        out = highest ? std::max(out, bound) : std::min(out, bound);
    }
    return out;
}

inline auto within_range(std::int32_t n) -> bounded_count {
    return {n, "DesiredWithinRange", "the desired count is within the acceptable range"};
}

inline auto at_most(wanted_count const& w, std::int32_t rate) -> bounded_count {
    auto const most = std::min(w.most, rate);
    if (w.desired <= most) return within_range(w.desired);
    if (w.most > rate)
        return {most, "ScaleUpLimit",
                "the desired replica count is increasing faster than the maximum scale rate"};
    return {most, "TooManyReplicas", "the desired replica count is more than the maximum replica count"};
}

inline auto at_least(wanted_count const& w, std::int32_t rate) -> bounded_count {
    auto const least = std::max(w.least, rate);
    if (w.desired >= least) return within_range(w.desired);
    if (w.least < rate)
        return {least, "ScaleDownLimit",
                "the desired replica count is decreasing faster than the maximum scale rate"};
    return {least, "TooFewReplicas", "the desired replica count is less than the minimum replica count"};
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto observe(autoscaler_memory& m, horizontal_pod_autoscaler_spec const& spec,
                        std::int32_t current, time_point now) -> void {
    if (m.wanted && m.wanted->to == current && spec.behavior) m.changes.push_back(*m.wanted);
    m.wanted.reset();
    auto const oldest = now - detail::longest_memory;
    std::erase_if(m.changes, [&](replica_change const& c) { return c.at < oldest; });
    std::erase_if(m.recommendations, [&](timed_count const& r) { return r.at < oldest; });
    if (m.recommendations.empty()) m.recommendations.push_back({now, current});
}

BERTH_DECL auto stabilize(autoscaler_memory& m, horizontal_pod_autoscaler_spec const& spec,
                          wanted_count const& w, duration down_window, time_point now) -> bounded_count {
    auto const ruled = static_cast<bool>(spec.behavior);
    auto const down_since =
        now - (ruled ? detail::window_of(spec.behavior->scale_down, down_window) : down_window);
    auto const up_since = now - (ruled ? detail::window_of(spec.behavior->scale_up, {}) : duration{});
    auto lowest = w.desired;
    auto highest = w.desired;
    for (auto const& r : m.recommendations) {
        if (ruled && r.at > up_since) lowest = std::min(lowest, r.count);
        if (ruled ? r.at > down_since : r.at >= down_since) highest = std::max(highest, r.count);
    }
    m.recommendations.push_back({now, w.desired});
    auto const steady = ruled ? std::min(std::max(w.current, lowest), highest) : highest;
    if (steady == w.desired) return {steady, "ReadyForNewScale", "recommended size matches current size"};
    auto out = ruled && w.desired >= w.current ? detail::put_off_more() : detail::put_off_less();
    out.count = steady;
    return out;
}

BERTH_DECL auto limit(autoscaler_memory const& m, horizontal_pod_autoscaler_spec const& spec,
                      wanted_count const& w, time_point now) -> bounded_count {
    if (!spec.behavior) {
        auto const rate = std::max<std::int64_t>(std::int64_t{2} * w.current, 4);
        auto const fits = std::min<std::int64_t>(rate, std::numeric_limits<std::int32_t>::max());
        if (w.desired < w.least) return detail::at_least(w, w.least);
        return detail::at_most(w, static_cast<std::int32_t>(fits));
    }
    if (w.desired > w.current) {
        if (!spec.behavior->scale_up) return detail::at_most(w, w.most);
        return detail::at_most(
            w, std::max(w.current, detail::rate_bound(m, *spec.behavior->scale_up, w.current, true, now)));
    }
    if (w.desired < w.current) {
        if (!spec.behavior->scale_down) return detail::at_least(w, w.least);
        return detail::at_least(
            w, std::min(w.current, detail::rate_bound(m, *spec.behavior->scale_down, w.current, false, now)));
    }
    return detail::within_range(w.desired);
}

} // namespace berth::kube
