#pragma once

/// \file
/// The bodies of `berth/kube/apps/daemon_set/controller/rollout.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/apps/daemon_set/controller/rollout.hpp>

#include <algorithm>
#include <iterator>
#include <optional>

namespace berth::kube::detail {

/// Appends the first `n` elements.
template <class T> auto append_some(std::vector<T>& to, std::vector<T> const& from, std::int64_t n) -> void {
    auto const count = std::clamp<std::int64_t>(n, 0, std::ssize(from));
    to.insert(to.end(), from.begin(), from.begin() + count);
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto bounds_of(daemon_set const& set, std::int64_t wanted) -> daemon_bounds {
    auto const& strategy = set.spec.update_strategy;
    auto out = daemon_bounds{};
    if (strategy.type == "RollingUpdate" && strategy.rolling_update) {
        auto const resolve = [&](std::optional<object::int_or_string> const& v) {
            return object::scaled_or(v, 0, wanted, object::rounding::up).value_or(0);
        };
        out = {resolve(strategy.rolling_update->max_surge),
               resolve(strategy.rolling_update->max_unavailable)};
    }
    if (wanted > 0 && out.surge == 0 && out.unavailable == 0) out.unavailable = 1;
    return out;
}

BERTH_DECL auto allows_surge(daemon_set const& set) -> bool { return bounds_of(set, 1).surge > 0; }

BERTH_DECL auto replace_in_turn(std::vector<daemon_node> const& nodes, std::int64_t unavailable)
    -> daemon_rollout {
    auto out = daemon_rollout{};
    auto candidates = std::vector<reconcile::seen<pod>>();
    auto missing = std::int64_t{0};
    for (auto const& n : nodes) {
        auto const only_old = !n.crowded && n.old && !n.fresh;
        auto const only_fresh = !n.crowded && n.fresh && !n.old;
        if (only_old && n.old_available) candidates.push_back(n.old);
        else if (!only_fresh || !n.fresh_available) ++missing;
        if (only_old && !n.old_available) out.remove.push_back(n.old);
    }
    detail::append_some(out.remove, candidates, unavailable - missing);
    return out;
}

BERTH_DECL auto surge_in_turn(std::vector<daemon_node> const& nodes, std::int64_t surge, std::int64_t wanted)
    -> daemon_rollout {
    auto out = daemon_rollout{};
    auto unwanted = std::vector<reconcile::seen<pod>>();
    auto candidates = std::vector<std::string_view>();
    auto surging = std::int64_t{0};
    auto available = std::int64_t{0};
    for (auto const& n : nodes) {
        if (n.crowded) {
            ++surging;
            continue;
        }
        if (n.old ? n.old_available : n.fresh_available) ++available;
        if (!n.old) continue;
        if (n.fresh) {
            if (n.fresh_available) out.remove.push_back(n.old);
            else ++surging;
        } else if (!n.run) (n.old_available ? unwanted : out.remove).push_back(n.old);
        else (n.old_available ? candidates : out.create).push_back(n.name);
    }
    detail::append_some(out.remove, unwanted, available - wanted);
    detail::append_some(out.create, candidates, surge - surging);
    return out;
}

} // namespace berth::kube
