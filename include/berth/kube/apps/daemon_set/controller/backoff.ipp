#pragma once

/// \file
/// The bodies of `berth/kube/apps/daemon_set/controller/backoff.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/apps/daemon_set/controller/backoff.hpp>

#include <algorithm>

namespace berth::kube {

BERTH_DECL auto failure_backoff::left(std::string const& node, time_point now) const
    -> std::optional<duration> {
    auto const found = by_node_.find(node);
    if (found == by_node_.end()) return std::nullopt;
    auto const until = found->second.since + found->second.length;
    return until > now ? std::optional(until - now) : std::nullopt;
}

BERTH_DECL auto failure_backoff::add(std::string const& node, time_point now) -> void {
    auto const [at, is_new] = by_node_.try_emplace(node, wait{seconds(1), now});
    if (!is_new) at->second = {std::min(at->second.length * 2, minutes(15)), now};
}

BERTH_DECL auto failure_backoff::forget(time_point now) -> void {
    std::erase_if(by_node_, [&](auto const& entry) { return now - entry.second.since > minutes(30); });
}

} // namespace berth::kube
