#pragma once

/// \file
/// The pods that wait for a node: those to be tried, those that back off, those for which nothing has changed
/// (kubernetes 1.36, `pkg/scheduler/backend/queue`).

#include <berth/kube/schedule/infos.hpp>

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>

namespace berth::kube {

/// How long a pod that found no node waits before it is tried again, once something has changed.
struct pod_back_off {
    duration first = seconds(1);
    duration most = seconds(10);
    /// A pod for which nothing changes is tried again all the same after this time.
    duration forgotten = minutes(5);
};

/// Pods without a node. A pod is *active* (to be tried; greater priority first, then who came or was tried
/// the longest ago), or *parked* since a time, until something changes; then it is active as soon as its
/// back-off is over.
class waiting_pods {
public:
    explicit waiting_pods(pod_back_off wait = {}) : wait_(wait) {}

    /// A pod waits. One that is known is replaced, and tried again only if `changed` says that it may do
    /// better now.
    auto put(pod_info p, bool changed, time_point now) -> void {
        auto const uid = p.value->metadata.uid;
        auto [at, fresh] = entries_.try_emplace(uid);
        auto& e = at->second;
        if (fresh) e.sequence = ++sequence_;
        if (e.active) active_.erase(order_of(uid, e));
        e.pod = std::move(p);
        if (fresh || e.active) activate(uid, e);
        else if (changed) release(uid, e, now);
    }
    auto remove(std::string const& uid) -> bool {
        auto const at = entries_.find(uid);
        if (at == entries_.end()) return false;
        if (at->second.active) active_.erase(order_of(uid, at->second));
        else timers_.erase({at->second.timer, uid});
        entries_.erase(at);
        return true;
    }
    [[nodiscard]] auto find(std::string const& uid) const -> pod_info const* {
        auto const at = entries_.find(uid);
        return at == entries_.end() ? nullptr : &at->second.pod;
    }

    /// The next pod to be tried; it is parked from now on, until `remove` or `moved`.
    auto take(time_point now) -> std::optional<pod_info> {
        wake_up(now);
        if (active_.empty()) return std::nullopt;
        auto const uid = std::get<2>(*active_.begin());
        active_.erase(active_.begin());
        auto& e = entries_.at(uid);
        e.active = false;
        e.sequence = ++sequence_;
        e.parked = now;
        e.timer = now + wait_.forgotten;
        timers_.insert({e.timer, uid});
        ++e.attempts;
        return e.pod;
    }

    /// The cluster has changed: parked pods may do better now.
    auto moved(time_point now) -> void {
        for (auto& [uid, e] : entries_)
            if (!e.active) release(uid, e, now);
    }
    /// A pod is tried again soon, whatever changes: its binding failed.
    auto retry(std::string const& uid, time_point now) -> void {
        if (auto const at = entries_.find(uid); at != entries_.end() && !at->second.active)
            release(uid, at->second, now);
    }

    /// When the next pod becomes active by itself; nothing if none waits. Now, if one is active.
    [[nodiscard]] auto next_ready(time_point now) const -> std::optional<time_point> {
        if (!active_.empty()) return now;
        if (timers_.empty()) return std::nullopt;
        return timers_.begin()->first;
    }
    [[nodiscard]] auto size() const -> std::size_t { return entries_.size(); }

private:
    using order = std::tuple<std::int64_t, std::uint64_t, std::string>;

    struct entry {
        pod_info pod;
        std::uint64_t sequence = 0;
        int attempts = 0;
        bool active = false;
        time_point parked; ///< since when
        time_point timer;  ///< when it is active again
    };

    static auto order_of(std::string const& uid, entry const& e) -> order {
        return {-std::int64_t{e.pod.spec().priority.value_or(0)}, e.sequence, uid};
    }
    auto activate(std::string const& uid, entry& e) -> void {
        if (!e.active) timers_.erase({e.timer, uid});
        e.active = true;
        active_.insert(order_of(uid, e));
    }
    auto release(std::string const& uid, entry& e, time_point now) -> void {
        auto delay = wait_.first;
        for (auto i = 1; i < e.attempts && delay < wait_.most; ++i) delay = delay * 2;
        auto const at = e.parked + std::min(delay, wait_.most);
        if (at <= now) return activate(uid, e);
        timers_.erase({e.timer, uid});
        e.timer = at;
        timers_.insert({at, uid});
    }
    auto wake_up(time_point now) -> void {
        while (!timers_.empty() && timers_.begin()->first <= now) {
            auto const uid = timers_.begin()->second;
            activate(uid, entries_.at(uid));
        }
    }

    pod_back_off wait_;
    std::unordered_map<std::string, entry> entries_;
    std::set<order> active_;
    std::set<std::pair<time_point, std::string>> timers_; ///< of the parked ones
    std::uint64_t sequence_ = 0;
};

} // namespace berth::kube
