#pragma once

/// \file
/// What an agent remembers of one container of a pod, through all its incarnations.

#include <berth/core/config.hpp>
#include <berth/kube/core/pod/type.hpp>
#include <berth/node/backoff.hpp>
#include <berth/node/probing.hpp>

#include <array>
#include <memory>

namespace berth::node::detail {

/// How far the end of a container has come.
enum class stop_stage : std::uint8_t { none, hook, terminated, killed };

/// One container of a pod.
struct container_record {
    bool init = false;
    std::size_t index = 0; ///< in the spec's list
    kube::container_status status;
    bool created = false; ///< there was an incarnation
    std::optional<container_id> id;
    time_point started{};
    time_point ended{};
    time_point retry{}; ///< not to be created before this
    restart_backoff backoff;
    bool backed_off = false;                             ///< the present back-off has been told
    std::unique_ptr<std::array<probe_course, 3>> probes; ///< none of them has begun if there are none
    std::optional<container_id> hook;                    ///< an action of its lifecycle that is under way
    bool starting = false;                               ///< its postStart hook is under way
    stop_stage stop = stop_stage::none;
    time_point kill_at{};

    auto course(role r) -> probe_course& {
        if (!probes) probes = std::make_unique<std::array<probe_course, 3>>();
        return (*probes)[static_cast<std::size_t>(r) - 1];
    }

    [[nodiscard]] auto spec(kube::pod_spec const& pod) const -> kube::container const&;
    [[nodiscard]] auto exit_code() const -> std::optional<std::int32_t>;

    auto set_waiting(std::string_view reason, std::string message) -> void;
    auto set_running(time_point now) -> void;
    auto set_terminated(kube::container_state_terminated end) -> void;
};

/// Whether a container that ended so is to run again (core/v1 `restartPolicy`, the container's own and its
/// rules first).
[[nodiscard]] BERTH_DECL auto restarts(kube::pod_spec const& pod, kube::container const& c,
                                       std::int32_t exit_code) -> bool;

/// The records of a pod's containers, init containers first, with what the API knows of them.
[[nodiscard]] BERTH_DECL auto records_of(kube::pod const& pod, time_point now)
    -> std::vector<container_record>;

} // namespace berth::node::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/node/detail/container_record.ipp>
#endif
