#pragma once

/// \file
/// The bodies of `berth/kube/core/node/controller/zones.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/node/controller/taints.hpp>
#include <berth/kube/core/node/controller/zones.hpp>
#include <berth/reconcile/conditions.hpp>

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

namespace berth::kube::detail {

inline constexpr std::string_view nodes_by_readiness = "readiness";

/// The value of the index for the nodes of a zone.
inline auto readiness_key(bool ready, std::string const& zone) -> std::string {
    return (ready ? "ready in " : "not ready in ") + zone;
}

/// Since when pods are driven off a node; nothing if they are not.
inline auto leaving_since(node const& n) -> std::optional<time_point> {
    for (auto const& t : n.spec.taints)
        if (t.effect == "NoExecute" && (t.key == not_ready_taint || t.key == unreachable_taint))
            return t.time_added ? t.time_added->time() : time_point{};
    return std::nullopt;
}

/// Since when a node is not ready.
inline auto unwell_since(node const& n) -> time_point {
    auto const* const ready = object::find_condition(n.status.conditions, "Ready");
    return ready == nullptr ? n.metadata.creation_timestamp.time() : ready->last_transition_time.time();
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto zone_health::rate(eviction_rates const& rates) const -> double {
    auto const all = ready + not_ready;
    auto const many =
        not_ready > 2 && static_cast<double>(not_ready) >= rates.unhealthy * static_cast<double>(all);
    if (ready == 0 || !many) return rates.normal;
    return all > rates.large ? rates.large_disrupted : 0;
}

BERTH_DECL auto is_ready(node const& n) -> bool {
    return reconcile::is_true(n.status.conditions, "Ready");
}

BERTH_DECL auto zone_of(node const& n) -> std::string {
    auto const label = [&](std::string_view name, std::string_view old) {
        auto const* const text = n.metadata.labels.find(name);
        auto const* const fallback = text == nullptr ? n.metadata.labels.find(old) : text;
        return fallback == nullptr ? std::string() : *fallback;
    };
    return label("topology.kubernetes.io/region", "failure-domain.beta.kubernetes.io/region") + "/" +
           label("topology.kubernetes.io/zone", "failure-domain.beta.kubernetes.io/zone");
}

BERTH_DECL auto readiness_index() -> reconcile::index {
    return reconcile::index_of<node>(std::string(detail::nodes_by_readiness), [](node const& n) {
        auto const ready = is_ready(n);
        return std::vector<std::string>{ready ? "ready" : "not ready",
                                        detail::readiness_key(ready, zone_of(n))};
    });
}

BERTH_DECL auto health_of_zone(reconcile::snapshot const& world, std::string const& zone) -> zone_health {
    auto const count = [&](bool ready) {
        return world.where<node>(detail::nodes_by_readiness, detail::readiness_key(ready, zone)).size();
    };
    return {.ready = count(true), .not_ready = count(false)};
}

BERTH_DECL auto turn_of(reconcile::snapshot const& world, node const& n, eviction_rates const& rates)
    -> eviction_turn {
    if (world.where<node>(detail::nodes_by_readiness, "ready").empty())
        return {eviction_allowance::suspended, {}};
    auto const zone = zone_of(n);
    auto const rate = health_of_zone(world, zone).rate(rates);
    if (rate <= 0) return {eviction_allowance::put_off, {}};
    auto last = std::optional<time_point>();
    auto first = detail::unwell_since(n);
    auto ahead = std::int64_t{0};
    auto const place = [](node const& one) {
        return std::pair(detail::unwell_since(one), one.metadata.name);
    };
    for (auto const other :
         world.where<node>(detail::nodes_by_readiness, detail::readiness_key(false, zone))) {
        if (auto const since = detail::leaving_since(*other)) {
            last = std::max(last.value_or(*since), *since);
        } else if (place(*other) < place(n)) {
            first = std::min(first, detail::unwell_since(*other));
            ++ahead;
        }
    }
    auto const pause = duration{static_cast<std::int64_t>(1e9 / rate)};
    auto const due = last ? *last + pause * (ahead + 1) : first + pause * ahead;
    if (due <= world.now()) return {};
    return {eviction_allowance::put_off, due};
}

} // namespace berth::kube
