#pragma once

/// \file
/// Runs the pods of jobs until enough of them have succeeded (kubernetes 1.36, `pkg/controller/job`).

#include <berth/core/config.hpp>
#include <berth/kube/batch/job/controller/backoff.hpp>
#include <berth/kube/batch/job/controller/ending.hpp>
#include <berth/kube/batch/job/controller/manage.hpp>
#include <berth/kube/batch/job/controller/tracking.hpp>
#include <berth/kube/control/ownership.hpp>
#include <berth/reconcile/controller.hpp>

#include <optional>
#include <string_view>
#include <vector>

namespace berth::kube {

/// Whether another controller than this one is to look after a job.
[[nodiscard]] BERTH_DECL auto is_managed_elsewhere(job const& j) -> bool;

/// The reconcile function of jobs. It remembers the failures since the last success, for the pause that is
/// made after them.
struct job_controller {
    static constexpr std::string_view name = "job";
    using reconciles = job;
    using owns = reconcile::kinds<pod>;
    using memory = job_backoff;

    static auto indexes() -> std::vector<reconcile::index>;

    /// A pod that nobody controls may be wanted by any job whose selector matches.
    auto keys_for(reconcile::snapshot const& world, pod const& p) const -> std::vector<object::key>;

    auto reconcile(reconcile::snapshot const& world, object::key const& k, memory const& before) const
        -> reconcile::decision<memory>;

private:
    /// What a look decides on, step by step.
    struct sync;

    static auto start(reconcile::snapshot const& world, sync& s) -> void;
    static auto end(sync& s) -> void;
    static auto go_on(reconcile::snapshot const& world, memory const& backoff, sync& s) -> void;
    static auto tell_suspension(reconcile::snapshot const& world, sync& s) -> void;
    static auto conclude(reconcile::snapshot const& world, sync& s) -> void;
    static auto finish(reconcile::snapshot const& world, sync& s, job& next) -> void;
    static auto remove_pods(sync& s, job_pods const& released) -> void;
    static auto create_pods(sync& s) -> void;
};
static_assert(reconcile::controller<job_controller>);

/// Lets pods go that no job counts any more: those of jobs that are over or gone.
struct job_orphan_controller {
    static constexpr std::string_view name = "job-orphan";
    using reconciles = pod;
    using watches = reconcile::kinds<job>;

    /// Only those that no job looks after: of a job that is over later, `keys_for` tells.
    auto matters(reconcile::snapshot const& world, pod const& p) const -> bool;

    /// The pods of a job that is over or gone.
    auto keys_for(reconcile::snapshot const& world, job const& j) const -> std::vector<object::key>;

    auto reconcile(reconcile::snapshot const& world, object::key const& k) const -> reconcile::plan;
};
static_assert(reconcile::controller<job_orphan_controller>);

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/batch/job/controller.ipp>
#endif
