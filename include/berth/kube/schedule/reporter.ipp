#pragma once

/// \file
/// The bodies of `berth/kube/schedule/reporter.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/schedule/reporter.hpp>

namespace berth::kube {

BERTH_DECL auto reporter::tell(pod_info const& p, std::string type, std::string reason, std::string message,
                               time_point now) -> void {
    if (!record_) return;
    auto n = reconcile::note{};
    n.regarding = reconcile::reference(p.value.ref().object);
    n.type = std::move(type);
    n.reason = std::move(reason);
    n.message = std::move(message);
    pending_.tell(std::move(n), now);
}

BERTH_DECL auto reporter::say(pod_info const& p, waiting_status says, time_point now) -> void {
    if (auto w = waiting_write(p, says, now)) pending_.write(p.value->metadata.uid, *std::move(w), now);
}

BERTH_DECL auto reporter::send(api::any_client& client) -> void {
    auto const said = pending_.take();
    if (!said.writes.empty()) (void)client.commit(said.writes);
    for (auto const& [n, when] : said.notes) record_(n, when);
}

} // namespace berth::kube
