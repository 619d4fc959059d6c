#pragma once

/// \file
/// The bodies of `berth/kube/apps/replica_set/controller/pod_ranking.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/apps/replica_set/controller/pod_ranking.hpp>

#include <algorithm>
#include <charconv>

namespace berth::kube::detail {

BERTH_DECL auto phase_order(pod const& p) -> int {
    if (p.status.phase == "Pending") return 0;
    return p.status.phase == "Unknown" ? 1 : 2;
}

BERTH_DECL auto deletion_cost(pod const& p) -> std::int32_t {
    auto const* const text = p.metadata.annotations.find("controller.kubernetes.io/pod-deletion-cost");
    auto cost = std::int32_t{0};
    if (text == nullptr || text->empty() || text->front() == '+' ||
        (text->size() > 1 && text->front() == '0'))
        return 0;
    auto const [end, failed] = std::from_chars(text->data(), text->data() + text->size(), cost);
    return failed == std::errc{} && end == text->data() + text->size() ? cost : 0;
}

BERTH_DECL auto most_restarts(pod const& p) -> std::pair<std::int32_t, std::int32_t> {
    auto out = std::pair<std::int32_t, std::int32_t>();
    for (auto const& c : p.status.container_statuses) out.first = std::max(out.first, c.restart_count);
    for (auto const& c : p.status.init_container_statuses) {
        auto const runs_beside = [&](container const& spec) {
            return spec.name == c.name && is_sidecar(spec);
        };
        if (std::any_of(p.spec.init_containers.begin(), p.spec.init_containers.end(), runs_beside))
            out.second = std::max(out.second, c.restart_count);
    }
    return out;
}

BERTH_DECL auto ready_since(pod const& p) -> object::timestamp {
    auto const* const c = object::find_condition(p.status.conditions, "Ready");
    return c != nullptr && c->status == "True" ? c->last_transition_time : object::timestamp();
}

BERTH_DECL auto age_magnitude(object::timestamp t, time_point now) -> int {
    if (t.is_zero()) return -2;
    auto ns = (now - t.time()).nanoseconds;
    if (ns <= 0) return -1;
    auto out = 0;
    while (ns >>= 1) ++out;
    return out;
}

BERTH_DECL auto compare_ages(object::timestamp a, object::timestamp b, time_point now) -> int {
    auto const ma = age_magnitude(a, now);
    auto const mb = age_magnitude(b, now);
    return ma == mb ? 0 : ma > mb ? -1 : 1;
}

/// Negative if `a` goes before `b`.
inline auto compare_for_deletion(ranked_pod const& x, ranked_pod const& y, time_point now) -> int {
    auto const& a = *x.value;
    auto const& b = *y.value;
    if (a.spec.node_name.empty() != b.spec.node_name.empty()) return a.spec.node_name.empty() ? -1 : 1;
    if (auto const d = phase_order(a) - phase_order(b); d != 0) return d;
    if (is_ready(a) != is_ready(b)) return is_ready(a) ? 1 : -1;
    auto const cost = std::pair{deletion_cost(a), deletion_cost(b)};
    if (cost.first != cost.second) return cost.first < cost.second ? -1 : 1;
    if (x.rank != y.rank) return x.rank > y.rank ? -1 : 1;
    if (is_ready(a) && is_ready(b)) {
        auto const since = std::pair{ready_since(a), ready_since(b)};
        if (since.first != since.second) {
            auto const d = compare_ages(since.first, since.second, now);
            return d != 0 ? -d : a.metadata.uid.compare(b.metadata.uid);
        }
    }
    auto const restarts = std::pair{most_restarts(a), most_restarts(b)};
    if (restarts.first != restarts.second) return restarts.first > restarts.second ? -1 : 1;
    if (a.metadata.creation_timestamp != b.metadata.creation_timestamp) {
        auto const d = compare_ages(a.metadata.creation_timestamp, b.metadata.creation_timestamp, now);
        return d != 0 ? -d : a.metadata.uid.compare(b.metadata.uid);
    }
    return 0;
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto rank_for_deletion(std::vector<ranked_pod>& pods, time_point now) -> void {
    std::sort(pods.begin(), pods.end(), [&](ranked_pod const& a, ranked_pod const& b) {
        auto const order = detail::compare_for_deletion(a, b, now);
        return order != 0 ? order < 0 : a.value->metadata.uid < b.value->metadata.uid;
    });
}

} // namespace berth::kube
