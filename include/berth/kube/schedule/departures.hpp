#pragma once

/// \file
/// The victims of preemption, on their way out.

#include <berth/api/any_client.hpp>
#include <berth/core/config.hpp>
#include <berth/core/time.hpp>
#include <berth/kube/schedule/infos.hpp>
#include <berth/schedule/waiting_queue.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace berth::kube {

/// One who is to leave, for whom, and where.
struct departure {
    pod_handle victim;
    std::string node;
    std::string by_uid; ///< of the pod that gets its room
    schedule::ticket by;
};

/// Victims that wait to be sent away in one batch.
class departures {
public:
    auto put(departure d) -> void { leaving_.push_back(std::move(d)); }
    /// Tells each victim why it goes and deletes it, if it is still who it was; answers each with whether it
    /// was there to be deleted. `scheduler` is the name by which they are told.
    [[nodiscard]] auto send(api::any_client& client, std::string_view scheduler, time_point now)
        -> std::vector<std::pair<departure, bool>>;

private:
    std::vector<departure> leaving_;
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/schedule/departures.ipp>
#endif
