#pragma once

/// \file
/// The bodies of `berth/kube/apps/deployment/controller/rollout.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/apps/deployment/controller/rollout.hpp>

#include <algorithm>
#include <cmath>

namespace berth::kube {

BERTH_DECL owned_set::owned_set(reconcile::seen<replica_set> s) : before(s), now(*s) {}

BERTH_DECL owned_set::owned_set(replica_set made) : now(std::move(made)) {}

BERTH_DECL auto owned_set::is_made() const -> bool { return !before; }

BERTH_DECL auto bounds_of(deployment const& d) -> rollout_bounds {
    auto out = rollout_bounds{};
    if (!is_rolling(d)) return out;
    auto const wanted = wanted_of(d);
    auto const& rolling = d.spec.strategy.rolling_update;
    auto const resolve = [&](std::optional<object::int_or_string> const& v, object::rounding direction) {
        auto const n = v ? v->scaled(wanted, direction) : result<std::int64_t>(std::int64_t{0});
        return n ? static_cast<std::int32_t>(*n) : 0;
    };
    if (rolling) {
        out.surge = resolve(rolling->max_surge, object::rounding::up);
        out.unavailable = resolve(rolling->max_unavailable, object::rounding::down);
    }
    if (out.surge == 0 && out.unavailable == 0) out.unavailable = 1;
    out.unavailable = std::min(out.unavailable, wanted); // none, if none are wanted
    return out;
}

BERTH_DECL auto total_size(std::vector<owned_set> const& sets) -> std::int32_t {
    auto out = std::int32_t{0};
    for (auto const& s : sets) out += s.size();
    return out;
}

BERTH_DECL auto new_set_size(deployment const& d, std::int32_t current, std::int32_t others) -> std::int32_t {
    auto const wanted = wanted_of(d);
    if (!is_rolling(d)) return wanted;
    auto const most = wanted + bounds_of(d).surge;
    if (current + others >= most) return current;
    return current + std::min(most - current - others, wanted - current);
}

} // namespace berth::kube

namespace berth::kube::detail {

BERTH_DECL auto older(owned_set const& a, owned_set const& b) -> bool {
    auto const& x = a.now.metadata;
    auto const& y = b.now.metadata;
    return x.creation_timestamp != y.creation_timestamp ? x.creation_timestamp < y.creation_timestamp
                                                        : x.name < y.name;
}

/// Takes up to `budget` pods that are not available from the sets, in their order. Says no if a set has more
/// available pods than it wants: then it is in the middle of shrinking, and nothing can be said.
inline auto drop_unhealthy(std::vector<owned_set*> const& sets, std::int32_t budget) -> bool {
    for (auto* const s : sets) {
        if (budget <= 0) break;
        auto const unhealthy = s->size() - s->available();
        if (s->size() == 0 || unhealthy == 0) continue;
        if (unhealthy < 0) return false;
        auto const n = std::min(budget, unhealthy);
        s->now.spec.replicas = s->size() - n;
        budget -= n;
    }
    return true;
}

inline auto drop_any(std::vector<owned_set*> const& sets, std::int32_t budget) -> void {
    for (auto* const s : sets) {
        auto const n = std::min(budget, s->size());
        if (n <= 0) continue;
        s->now.spec.replicas = s->size() - n;
        budget -= n;
    }
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto active_of(std::vector<owned_set>& sets) -> std::vector<owned_set*> {
    auto out = std::vector<owned_set*>();
    for (auto& s : sets)
        if (s.size() > 0) out.push_back(&s);
    return out;
}

BERTH_DECL auto shrink_old(deployment const& d, owned_set const& current, std::vector<owned_set>& old)
    -> void {
    auto active = active_of(old);
    if (active.empty()) return;
    std::sort(active.begin(), active.end(),
              [](auto const* a, auto const* b) { return detail::older(*a, *b); });
    auto const least = wanted_of(d) - bounds_of(d).unavailable;
    auto const new_unavailable = current.size() - current.available();
    auto const budget = total_size(old) + current.size() - least - new_unavailable;
    if (budget <= 0 || !detail::drop_unhealthy(active, budget)) return;
    auto available = current.available();
    for (auto const* const s : active) available += s->available();
    detail::drop_any(active, available - least);
}

} // namespace berth::kube

namespace berth::kube::detail {

/// By how much a set grows or shrinks when the whole is resized in proportion.
inline auto fraction_of(owned_set const& s, deployment const& d) -> std::int32_t {
    if (wanted_of(d) == 0) return -s.size();
    auto before = annotated_number(s.now.metadata, maximum_annotation).value_or(0);
    if (before == 0) before = d.status.replicas;
    if (before == 0) return 0;
    auto const now =
        static_cast<double>(s.size()) * (wanted_of(d) + bounds_of(d).surge) / static_cast<double>(before);
    return static_cast<std::int32_t>(std::lround(now)) - s.size();
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto resize_in_proportion(deployment const& d, std::vector<owned_set*> active) -> void {
    auto total = std::int32_t{0};
    for (auto const* s : active) total += s->size();
    auto const allowed = wanted_of(d) > 0 ? wanted_of(d) + bounds_of(d).surge : 0;
    auto const to_add = allowed - total;
    std::sort(active.begin(), active.end(), [&](owned_set const* a, owned_set const* b) {
        if (a->size() != b->size()) return a->size() > b->size();
        return to_add > 0 ? detail::older(*b, *a) : detail::older(*a, *b);
    });
    auto added = std::int32_t{0};
    auto sizes = std::vector<std::int32_t>();
    for (auto const* s : active) {
        auto part = to_add == added ? 0 : detail::fraction_of(*s, d);
        part = to_add > 0 ? std::min(part, to_add - added) : std::max(part, to_add - added);
        if (to_add == 0 || s->size() == 0) part = 0;
        sizes.push_back(s->size() + part);
        added += part;
    }
    if (!sizes.empty()) sizes.front() = std::max(0, sizes.front() + to_add - added);
    for (std::size_t i = 0; i < active.size(); ++i) active[i]->now.spec.replicas = sizes[i];
}

} // namespace berth::kube
