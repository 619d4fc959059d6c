#pragma once

/// \file
/// Begins jobs when they are due (kubernetes 1.36, `pkg/controller/cronjob`).

#include <berth/core/config.hpp>
#include <berth/kube/batch/cron_job/controller/history.hpp>
#include <berth/kube/batch/cron_job/controller/schedule.hpp>
#include <berth/reconcile/controller.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace berth::kube {

/// What the controller remembers of a cron job.
struct cron_job_memory {
    /// The time of the job that the last plan was to make; the status does not tell it yet.
    std::optional<time_point> started;
    /// The warnings that were given and still hold, so that each is given once.
    std::vector<std::string> told;

    friend auto operator==(cron_job_memory const&, cron_job_memory const&) -> bool = default;
};

/// The reconcile function of cron jobs.
struct cron_job_controller {
    static constexpr std::string_view name = "cronjob";
    using reconciles = cron_job;
    using owns = reconcile::kinds<job>;
    using memory = cron_job_memory;

    /// Where time zones come from. (A schedule goes by UTC unless a zone is named.)
    zone_source zones = [](std::string_view zone) {
        return object::load_time_zone(zone == "Local" ? "UTC" : zone);
    };

    static auto indexes() -> std::vector<reconcile::index>;

    auto reconcile(reconcile::snapshot const& world, object::key const& k, memory const& before) const
        -> reconcile::decision<memory>;

private:
    /// What a look decides on, step by step.
    struct sync;

    static auto take_in_started(reconcile::snapshot const& world, memory const& before, sync& s) -> void;
    static auto look_at_jobs(sync& s) -> void;
    static auto look_for_missing(reconcile::snapshot const& world, sync& s) -> void;
    auto start_if_due(reconcile::snapshot const& world, sync& s) const -> void;
    auto start(reconcile::snapshot const& world, time_point due, sync& s) const -> void;
    static auto replace_active(reconcile::snapshot const& world, sync& s) -> void;
    static auto remove(reconcile::seen<job> j, sync& s) -> void;
};
static_assert(reconcile::controller<cron_job_controller>);

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/batch/cron_job/controller.ipp>
#endif
