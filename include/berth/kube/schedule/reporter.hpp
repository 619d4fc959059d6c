#pragma once

/// \file
/// What a scheduler says of pods: events, and conditions in their status.

#include <berth/api/any_client.hpp>
#include <berth/core/config.hpp>
#include <berth/core/time.hpp>
#include <berth/kube/schedule/afterwards.hpp>
#include <berth/kube/schedule/infos.hpp>
#include <berth/kube/schedule/scheduler_options.hpp>
#include <berth/kube/schedule/writes.hpp>

#include <optional>
#include <string>
#include <utility>

namespace berth::kube {

/// Says it when the scheduler's hands are free (`afterwards`).
class reporter {
public:
    /// Who hears of events; may be empty, and then nobody is told of any.
    using record = decltype(scheduler_options::record);

    explicit reporter(record hear) : record_(std::move(hear)) {}

    /// An event about a pod.
    auto tell(pod_info const& p, std::string type, std::string reason, std::string message, time_point now)
        -> void;
    /// What is to be written in a pod's status; nothing is, where it says so already.
    auto say(pod_info const& p, waiting_status says, time_point now) -> void;
    /// What was to be written of this pod is not so any more.
    auto forget(std::string const& uid) -> void { pending_.forget(uid); }

    /// Whether it is time to let it out; `idle`: no pod waits to be tried.
    [[nodiscard]] auto due(time_point now, bool idle) const -> bool { return pending_.due(now, idle); }
    /// When it will be, whoever waits; nothing if there is nothing.
    [[nodiscard]] auto due_at() const -> std::optional<time_point> { return pending_.due_at(); }
    /// Lets all of it out. A write that fails is not repeated: the pod hears of its next refusal.
    auto send(api::any_client& client) -> void;

private:
    record record_;
    afterwards pending_;
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/schedule/reporter.ipp>
#endif
