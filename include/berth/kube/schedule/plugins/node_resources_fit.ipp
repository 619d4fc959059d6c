#pragma once

/// \file
/// The bodies of `berth/kube/schedule/plugins/node_resources_fit.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/schedule/plugins/node_resources_fit.hpp>
#include <berth/kube/schedule/plugins/normalize.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

namespace berth::kube::plugins::detail {

/// One resource: what is wanted, what there is at all, what is taken.
inline auto check(schedule::verdict& so_far, std::int64_t wanted, std::int64_t all, std::int64_t taken,
                  schedule::literal_reason reason) -> void {
    if (wanted > 0 && wanted > all - taken)
        so_far &= wanted > all ? schedule::rule_out(reason) : schedule::reject(reason);
}

BERTH_DECL auto is_ignored(resources_fit const& fit, std::string_view name) -> bool {
    auto const in = [](auto const& list, std::string_view what) {
        return std::find(list.begin(), list.end(), what) != list.end();
    };
    auto const slash = name.find('/');
    return in(fit.ignored, name) ||
           (slash != std::string_view::npos && in(fit.ignored_groups, name.substr(0, slash)));
}

/// Of one resource: what there is, and what is taken with the pod in place. Nothing of what does not count.
struct use {
    std::int64_t all = 0;
    std::int64_t taken = 0;
};
inline auto use_of(std::string_view resource, pod_info const& p, node_info const& n) -> use {
    auto const all = n.allocatable.of(resource);
    if (resource == "cpu" || resource == "memory") return {all, n.load.of(resource) + p.load.of(resource)};
    auto const wanted = p.request.of(resource);
    if (wanted == 0 && resource != "ephemeral-storage") return {};
    return {all, n.requested.of(resource) + wanted};
}

/// `part` of `all` in hundredths, rounded down.
inline auto percent(std::int64_t part, std::int64_t all) -> std::int64_t {
    constexpr auto most = std::numeric_limits<std::int64_t>::max() / most_points;
    return part <= most ? part * most_points / all : part / (all / most_points);
}

/// The line through the points of a shape, flat beyond its ends.
inline auto worth_of(std::span<use_and_worth const> shape, std::int64_t at) -> std::int64_t {
    if (shape.empty()) return 0;
    constexpr auto scale = most_points / 10;
    for (std::size_t i = 0; i < shape.size(); ++i) {
        if (at > shape[i].percent) continue;
        auto const worth = scale * shape[i].worth;
        if (i == 0) return worth;
        auto const from = scale * shape[i - 1].worth;
        return from +
               (worth - from) * (at - shape[i - 1].percent) / (shape[i].percent - shape[i - 1].percent);
    }
    return scale * shape.back().worth;
}

inline auto points_of(fit_points const& how, use u) -> std::int64_t {
    switch (how.strategy) {
    case fit_strategy::most_allocated: return percent(std::min(u.taken, u.all), u.all);
    case fit_strategy::requested_to_capacity_ratio:
        return worth_of(how.shape, u.taken > u.all ? most_points : percent(u.taken, u.all));
    default: return u.taken > u.all ? 0 : percent(u.all - u.taken, u.all);
    }
}

} // namespace berth::kube::plugins::detail

namespace berth::kube::plugins {

BERTH_DECL auto resources_fit::operator()(pod_info const& p, node_info const& n) const -> schedule::verdict {
    auto out = schedule::verdict();
    if (std::ssize(n.pods) + 1 > n.pod_limit) out &= schedule::reject("Too many pods");
    if (p.request.nothing()) return out;
    detail::check(out, p.request.cpu, n.allocatable.cpu, n.requested.cpu, "Insufficient cpu");
    detail::check(out, p.request.memory, n.allocatable.memory, n.requested.memory, "Insufficient memory");
    detail::check(out, p.request.storage, n.allocatable.storage, n.requested.storage,
                  "Insufficient ephemeral-storage");
    for (auto const& [resource, wanted] : p.request.extended) {
        auto const all = n.allocatable.extended.get(resource);
        if (wanted <= all - n.requested.extended.get(resource) || detail::is_ignored(*this, resource))
            continue;
        auto reason = "Insufficient " + resource;
        out &= wanted > all ? schedule::rule_out(std::move(reason)) : schedule::reject(std::move(reason));
    }
    return out;
}

BERTH_DECL auto fit_points::operator()(pod_info const& p, node_info const& n) const -> schedule::points {
    auto const by_shape = strategy == fit_strategy::requested_to_capacity_ratio;
    auto sum = std::int64_t{0};
    auto weights = std::int64_t{0};
    for (auto const& r : resources) {
        auto const u = detail::use_of(r.name, p, n);
        if (u.all == 0) continue;
        auto const points = detail::points_of(*this, u);
        if (by_shape && points <= 0) continue;
        sum += points * r.weight;
        weights += r.weight;
    }
    if (weights == 0) return 0;
    if (by_shape) return std::round(static_cast<double>(sum) / static_cast<double>(weights));
    return static_cast<schedule::points>(sum / weights);
}

} // namespace berth::kube::plugins
