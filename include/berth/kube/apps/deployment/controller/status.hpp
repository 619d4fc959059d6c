#pragma once

/// \file
/// The status of a deployment, and its conditions (kubernetes 1.36, `pkg/controller/deployment/progress.go`).

#include <berth/core/config.hpp>
#include <berth/kube/apps/deployment/controller/rollout.hpp>

#include <limits>
#include <utility>

namespace berth::kube {

/// The sets of a deployment while it is reconciled.
struct rollout_sets {
    std::vector<owned_set> current; ///< the set of the deployment's template; none or one
    std::vector<owned_set> old;     ///< all others

    template <class F> auto for_each(F f) const -> void {
        for (auto const& s : old) f(s);
        for (auto const& s : current) f(s);
    }
    [[nodiscard]] auto current_name() const -> std::string {
        return current.empty() ? std::string() : current.front().now.metadata.name;
    }
};

[[nodiscard]] inline auto has_deadline(deployment const& d) -> bool {
    return d.spec.progress_deadline_seconds &&
           *d.spec.progress_deadline_seconds != std::numeric_limits<std::int32_t>::max();
}

[[nodiscard]] BERTH_DECL auto new_deployment_condition(std::string type, std::string status,
                                                       std::string reason, std::string message,
                                                       time_point now) -> deployment_condition;

/// Sets a condition. One of equal status and reason stays as it is; the transition time moves only with the
/// status.
BERTH_DECL auto set_condition(deployment_status& s, deployment_condition wanted) -> void;

BERTH_DECL auto remove_condition(deployment_status& s, std::string_view type) -> void;

/// The counts, and whether enough pods are available.
[[nodiscard]] BERTH_DECL auto counted_status(deployment const& d, rollout_sets const& sets, time_point now)
    -> deployment_status;

[[nodiscard]] BERTH_DECL auto is_complete(deployment const& d, deployment_status const& s) -> bool;

namespace detail {

BERTH_DECL auto set_failure(rollout_sets const& sets, deployment_status& s) -> void;

} // namespace detail

/// The status in a rollout: counts, progress, failures.
[[nodiscard]] BERTH_DECL auto rollout_status(deployment const& d, rollout_sets const& sets, time_point now)
    -> deployment_status;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/apps/deployment/controller/status.ipp>
#endif
