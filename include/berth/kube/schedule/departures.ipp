#pragma once

/// \file
/// The bodies of `berth/kube/schedule/departures.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/schedule/departures.hpp>
#include <berth/kube/schedule/writes.hpp>

namespace berth::kube {

BERTH_DECL auto departures::send(api::any_client& client, std::string_view scheduler, time_point now)
    -> std::vector<std::pair<departure, bool>> {
    auto out = std::vector<std::pair<departure, bool>>();
    if (leaving_.empty()) return out;
    auto batch = std::vector<api::write>();
    auto last = std::vector<std::size_t>(); // the deletion of each
    for (auto const& d : leaving_) {
        for (auto& w : victim_writes(*d.victim, scheduler, now)) batch.push_back(std::move(w));
        last.push_back(batch.size() - 1);
    }
    auto const answers = client.commit(batch);
    auto gone = std::exchange(leaving_, {});
    for (std::size_t i = 0; i < gone.size(); ++i)
        out.emplace_back(std::move(gone[i]), answers[last[i]].has_value());
    return out;
}

} // namespace berth::kube
