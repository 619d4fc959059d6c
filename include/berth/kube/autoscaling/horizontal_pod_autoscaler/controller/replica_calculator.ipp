#pragma once

/// \file
/// The bodies of `berth/kube/autoscaling/horizontal_pod_autoscaler/controller/replica_calculator.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/autoscaling/horizontal_pod_autoscaler/controller/replica_calculator.hpp>
#include <berth/kube/core/pod/state.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <optional>
#include <utility>

namespace berth::kube::detail {

/// The whole number that Go makes of a number: what does not fit becomes the least one.
template <class Int> auto whole(double x) -> Int {
    constexpr auto bound = static_cast<double>(std::numeric_limits<Int>::max());
    auto const fits = x > -bound && x < bound;
    return fits ? static_cast<Int>(x) : std::numeric_limits<Int>::min();
}
inline auto ceiling(double x) -> std::int32_t { return whole<std::int32_t>(std::ceil(x)); }

// Amounts are what people write: sums and products of them stay at the greatest number there is.
inline auto plus(std::int64_t a, std::int64_t b) -> std::int64_t {
    return berth::detail::saturated_sum(a, b);
}
inline auto times(std::int64_t a, std::int64_t b) -> std::int64_t {
    return berth::detail::saturated_product(a, b);
}

inline auto is_tolerable(double ratio, replica_calculation_options const& o) -> bool {
    return 1.0 - o.tolerance_down <= ratio && ratio <= 1.0 + o.tolerance_up;
}

/// Whether what a pod is said to use of cpu is not worth anything yet.
inline auto is_doubtful(pod const& p, metric_sample const& sample, scaled_workload const& w) -> bool {
    auto const* const ready = object::find_condition(p.status.conditions, "Ready");
    if (ready == nullptr || !p.status.start_time) return true;
    auto const started = p.status.start_time->time();
    auto const since = ready->last_transition_time.time();
    if (started + w.options.cpu_initialization > w.now)
        return ready->status == "False" || sample.at < since + sample.window;
    return ready->status == "False" && started + w.options.initial_readiness_delay > since;
}

/// Pods by what their samples are worth, and the samples of those that count.
struct sampled_pods {
    std::size_t counted = 0;
    std::vector<std::string> unready; ///< by name
    std::vector<std::string> missing;
    pod_samples samples;
};

inline auto sort_out(scaled_workload const& w, pod_samples samples, std::string_view resource)
    -> sampled_pods {
    auto out = sampled_pods();
    for (auto const& p : w.pods) {
        auto const& name = p->metadata.name;
        auto const sample = samples.find(name);
        if (p->metadata.deleting() || p->status.phase == "Failed") {
            samples.erase(name);
        } else if (p->status.phase == "Pending") {
            out.unready.push_back(name);
            samples.erase(name);
        } else if (sample == samples.end()) {
            out.missing.push_back(name);
        } else if (resource == "cpu" && is_doubtful(*p, sample->second, w)) {
            out.unready.push_back(name);
            samples.erase(sample);
        } else {
            ++out.counted;
        }
    }
    out.samples = std::move(samples);
    return out;
}

/// What the samples say: their ratio to the target, and what is shown of them.
struct usage_ratio {
    double ratio = 0;
    std::int64_t usage = 0;
    std::int32_t utilization = 0;
};

/// Goes from what is known of some pods to how many there should be. `ratio_of(samples)` answers a
/// `result<usage_ratio>`; `fallback(name)` what a pod without a sample uses if there would be fewer.
template <class RatioOf, class Fallback>
auto propose(scaled_workload const& w, sampled_pods found, RatioOf ratio_of, Fallback fallback)
    -> result<replica_proposal> {
    auto const first = ratio_of(found.samples);
    if (!first) return std::unexpected(first.error());
    auto const ratio = first->ratio;
    auto const answer = [&](std::int32_t n) { return replica_proposal{n, first->usage, first->utilization}; };
    auto const with_unready = !found.unready.empty() && ratio > 1.0;
    if (!with_unready && found.missing.empty()) {
        if (is_tolerable(ratio, w.options)) return answer(w.desired);
        return answer(ceiling(ratio * static_cast<double>(found.counted)));
    }
    for (auto const& name : found.missing)
        if (auto const assumed = fallback(name, ratio)) found.samples[name].milli = *assumed;
    if (with_unready)
        for (auto const& name : found.unready) found.samples[name].milli = 0;
    auto const second = ratio_of(found.samples);
    if (!second) return std::unexpected(second.error());
    auto const corrected = second->ratio;
    auto const turns = (ratio < 1.0 && corrected > 1.0) || (ratio > 1.0 && corrected < 1.0);
    if (is_tolerable(corrected, w.options) || turns) return answer(w.desired);
    auto const n = ceiling(corrected * static_cast<double>(found.samples.size()));
    auto const contrary = (corrected < 1.0 && n > w.desired) || (corrected > 1.0 && n < w.desired);
    return answer(contrary ? w.desired : n);
}

/// What the containers of a pod request, or one of them; the pod as a whole, if it says so itself.
inline auto requested(pod const& p, std::string const& resource, std::string_view only)
    -> result<std::int64_t> {
    auto const& whole = p.spec.resources;
    if (only.empty() && whole && !whole->requests.empty()) {
        auto const* const amount = whole->requests.find(resource);
        if (amount != nullptr) return amount->milli_value();
        return unavailable("missing pod-level request for " + resource + " in Pod " + p.metadata.name);
    }
    auto sum = std::int64_t{0};
    for (auto const* const list : {&p.spec.containers, &p.spec.init_containers})
        for (auto const& c : *list) {
            if (list == &p.spec.init_containers && !is_sidecar(c)) continue;
            if (!only.empty() && c.name != only) continue;
            auto const* const amount = c.resources.requests.find(resource);
            if (amount == nullptr)
                return unavailable("missing request for " + resource + " in container " + c.name +
                                   " of Pod " + p.metadata.name);
            sum = plus(sum, amount->milli_value());
        }
    return sum;
}

using pod_requests = std::map<std::string, std::int64_t>;

/// What pods use in whole percents of what they request.
inline auto utilization_of(pod_samples const& samples, pod_requests const& requests, std::int32_t target)
    -> result<usage_ratio> {
    auto used = std::int64_t{0};
    auto asked = std::int64_t{0};
    auto n = std::int64_t{0};
    for (auto const& [name, sample] : samples) {
        auto const request = requests.find(name);
        if (request == requests.end()) continue;
        used = plus(used, sample.milli);
        asked = plus(asked, request->second);
        ++n;
    }
    if (asked == 0) return unavailable("no metrics returned matched known pods");
    auto const percent = static_cast<std::int32_t>(times(used, 100) / asked);
    return usage_ratio{static_cast<double>(percent) / static_cast<double>(target), used / n, percent};
}

inline auto average_of(pod_samples const& samples, std::int64_t target) -> result<usage_ratio> {
    auto sum = std::int64_t{0};
    for (auto const& [name, sample] : samples) sum = plus(sum, sample.milli);
    auto const each = sum / static_cast<std::int64_t>(samples.size());
    return usage_ratio{static_cast<double>(each) / static_cast<double>(target), each, 0};
}

inline auto no_pods() -> std::unexpected<error> {
    return unavailable("no pods returned by selector while calculating replica count");
}
inline auto no_samples() -> std::unexpected<error> {
    return unavailable("did not receive metrics for targeted pods (pods might be unready)");
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto replicas_by_utilization(scaled_workload const& w, pod_samples samples, std::int32_t percent,
                                        std::string const& resource, std::string_view container)
    -> result<replica_proposal> {
    if (w.pods.empty()) return detail::no_pods();
    auto found = detail::sort_out(w, std::move(samples), resource);
    if (found.samples.empty()) return detail::no_samples();
    auto requests = detail::pod_requests();
    for (auto const& p : w.pods) {
        auto const asked = detail::requested(*p, resource, container);
        if (!asked) return std::unexpected(asked.error());
        requests[p->metadata.name] = *asked;
    }
    return detail::propose(
        w, std::move(found),
        [&](pod_samples const& known) { return detail::utilization_of(known, requests, percent); },
        [&](std::string const& name, double ratio) -> std::optional<std::int64_t> {
            if (ratio < 1.0) return detail::times(requests[name], std::max(100, percent)) / 100;
            return ratio > 1.0 ? std::optional<std::int64_t>(0) : std::nullopt;
        });
}

BERTH_DECL auto replicas_by_average(scaled_workload const& w, pod_samples samples, std::int64_t target,
                                    std::string_view resource) -> result<replica_proposal> {
    if (w.pods.empty()) return detail::no_pods();
    auto found = detail::sort_out(w, std::move(samples), resource);
    if (found.samples.empty()) return detail::no_samples();
    return detail::propose(
        w, std::move(found), [&](pod_samples const& known) { return detail::average_of(known, target); },
        [&](std::string const&, double ratio) { return std::optional(ratio < 1.0 ? target : 0); });
}

BERTH_DECL auto replicas_by_value(scaled_workload const& w, std::int64_t usage, std::int64_t target)
    -> result<replica_proposal> {
    auto const ratio = static_cast<double>(usage) / static_cast<double>(target);
    if (w.desired == 0) return replica_proposal{detail::ceiling(ratio), usage, 0};
    if (detail::is_tolerable(ratio, w.options)) return replica_proposal{w.desired, usage, 0};
    if (w.pods.empty())
        return detail::unavailable(
            "unable to calculate ready pods: no pods returned by selector while calculating replica count");
    auto const ready = std::count_if(w.pods.begin(), w.pods.end(), [](auto const& p) {
        return p->status.phase == "Running" && is_ready(*p);
    });
    return replica_proposal{detail::ceiling(ratio * static_cast<double>(ready)), usage, 0};
}

BERTH_DECL auto replicas_by_share(scaled_workload const& w, std::int64_t usage, std::int64_t target)
    -> replica_proposal {
    auto const there = static_cast<double>(w.current);
    auto const all = static_cast<double>(usage);
    auto const ratio = all / (static_cast<double>(target) * there);
    auto const n = detail::is_tolerable(ratio, w.options)
                       ? w.current
                       : detail::ceiling(all / static_cast<double>(target));
    return {n, detail::whole<std::int64_t>(std::ceil(all / there)), 0};
}

} // namespace berth::kube
