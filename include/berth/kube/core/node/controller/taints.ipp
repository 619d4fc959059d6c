#pragma once

/// \file
/// The bodies of `berth/kube/core/node/controller/taints.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/node/controller/taints.hpp>

#include <algorithm>

namespace berth::kube::detail {

/// A condition's state, and the taint that keeps pods off a node in that state.
struct condition_taint {
    std::string_view type, status, key;
};

inline constexpr auto condition_taints = std::array<condition_taint, 6>{{
    {"Ready", "False", not_ready_taint},
    {"Ready", "Unknown", unreachable_taint},
    {"MemoryPressure", "True", "node.kubernetes.io/memory-pressure"},
    {"DiskPressure", "True", "node.kubernetes.io/disk-pressure"},
    {"NetworkUnavailable", "True", "node.kubernetes.io/network-unavailable"},
    {"PIDPressure", "True", "node.kubernetes.io/pid-pressure"},
}};

inline auto made_taint(std::string_view key, std::string_view effect) -> taint {
    auto t = taint{};
    t.key = key;
    t.effect = effect;
    return t;
}

/// Whether a taint is there because of a condition, and of nothing else.
inline auto is_by_condition(taint const& t) -> bool {
    if (t.effect == "NoExecute") return t.key == not_ready_taint || t.key == unreachable_taint;
    return t.effect == "NoSchedule" &&
           (t.key == unschedulable_taint || std::any_of(condition_taints.begin(), condition_taints.end(),
                                                        [&](auto const& c) { return c.key == t.key; }));
}

/// The taints by condition that a node should have.
inline auto wanted_taints(node const& n, eviction_allowance evicts) -> object::list<taint> {
    auto out = object::list<taint>();
    for (auto const& c : n.status.conditions)
        for (auto const& known : condition_taints)
            if (known.type == c.type && known.status == c.status)
                out.push_back(made_taint(known.key, "NoSchedule"));
    if (n.spec.unschedulable) out.push_back(made_taint(unschedulable_taint, "NoSchedule"));
    auto const& there = n.spec.taints;
    auto const leaving = std::any_of(there.begin(), there.end(), [](auto const& t) {
        return t.effect == "NoExecute" && is_by_condition(t);
    });
    if (evicts == eviction_allowance::suspended || (evicts == eviction_allowance::put_off && !leaving))
        return out;
    auto const* const ready = object::find_condition(n.status.conditions, "Ready");
    if (ready != nullptr && ready->status == "False") out.push_back(made_taint(not_ready_taint, "NoExecute"));
    if (ready != nullptr && ready->status == "Unknown")
        out.push_back(made_taint(unreachable_taint, "NoExecute"));
    return out;
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto taints_by_condition(node const& n, time_point now, eviction_allowance evicts)
    -> object::list<taint> {
    auto wanted = detail::wanted_taints(n, evicts);
    auto out = object::list<taint>();
    auto unwell_since = object::timestamp(now);
    auto const has_ready = object::find_condition(n.status.conditions, "Ready") != nullptr;
    for (auto const& t : n.spec.taints) {
        auto const found =
            std::find_if(wanted.begin(), wanted.end(), [&](auto const& w) { return same_taint(w, t); });
        auto const undecided = t.effect == "NoExecute" && !has_ready;
        if (!detail::is_by_condition(t) || undecided || found != wanted.end()) out.push_back(t);
        else if (t.effect == "NoExecute" && t.time_added)
            unwell_since = std::min(unwell_since, *t.time_added);
        if (found != wanted.end()) wanted.erase(found);
    }
    for (auto& t : wanted) {
        t.time_added = t.effect == "NoExecute" ? unwell_since : object::timestamp(now);
        out.push_back(std::move(t));
    }
    return out;
}

} // namespace berth::kube
