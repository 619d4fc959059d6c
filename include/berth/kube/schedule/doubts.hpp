#pragma once

/// \file
/// Bindings of which nobody knows whether they were heard.

#include <berth/core/time.hpp>
#include <berth/schedule/waiting_queue.hpp>

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace berth::kube {

/// Pods in doubt, by uid, and when to ask after them again.
class doubts {
public:
    explicit doubts(duration pause) : pause_(pause) {}

    /// The first question is asked at once.
    auto put(std::string uid, schedule::ticket id, time_point now) -> void {
        if (open_.empty()) next_ = now;
        open_.insert_or_assign(std::move(uid), id);
    }
    auto drop(std::string const& uid) -> void { open_.erase(uid); }

    /// When to ask; nothing if there is no doubt.
    [[nodiscard]] auto next() const -> std::optional<time_point> {
        return open_.empty() ? std::nullopt : std::optional(next_);
    }
    /// Whom to ask after now; they stay in doubt until they are dropped, and are asked after again later.
    [[nodiscard]] auto due(time_point now) -> std::vector<std::pair<std::string, schedule::ticket>> {
        if (open_.empty() || next_ > now) return {};
        next_ = now + pause_;
        return {open_.begin(), open_.end()};
    }

private:
    duration pause_;
    std::map<std::string, schedule::ticket> open_;
    time_point next_;
};

} // namespace berth::kube
