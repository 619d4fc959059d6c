#pragma once

/// \file
/// The scheduler: gives each pod that waits a node, by a profile, through an API.

#include <berth/api/any_client.hpp>
#include <berth/core/step.hpp>
#include <berth/core/time.hpp>
#include <berth/kube/schedule/detail/pod_cycle.hpp>
#include <berth/kube/schedule/detail/scheduling.hpp>
#include <berth/kube/schedule/profile.hpp>
#include <berth/kube/schedule/scheduler_counters.hpp>
#include <berth/kube/schedule/scheduler_options.hpp>
#include <berth/kube/schedule/scheduler_policies.hpp>

#include <memory>
#include <string>
#include <utility>

namespace berth::kube {
namespace detail {

/// A scheduler by some profiles; by the default profile if there are none.
template <class... Profiles>
auto scheduling_by(api::any_client client, scheduler_options options, Profiles... profiles)
    -> std::unique_ptr<scheduling> {
    // Nothing in the default profile looks at them, but for pods that ask by them.
    if (sizeof...(Profiles) == 0) options.indexes_matter = false;
    return std::make_unique<pod_cycle<policies_or_default<Profiles...>>>(
        policies_of_pods(std::move(profiles)...), std::move(client), std::move(options));
}
#if defined(BERTH_SEPARATE_COMPILATION)
extern template auto scheduling_by<>(api::any_client client, scheduler_options options)
    -> std::unique_ptr<scheduling>; // the one that most programs use is compiled once
#endif

} // namespace detail

/// Places pods one after the other, each on the best node for it as the cluster is with all earlier ones in
/// place. A component, and a shell around `schedule::cycle`: it tells the cycle what changes, and carries out
/// what becomes of each pod.
/// * A pod is placed by the profile that has the name in its `schedulerName`; those that name no profile are
///   left alone, and take their room.
/// * The bindings of a step leave in one batch. What is said of pods (conditions, events) leaves when no pod
///   waits to be tried, at the latest after a second.
/// * A pod that no node takes is told why, in its condition `PodScheduled` and in an event, and is tried once
///   more when something changes that its refusing filters read.
/// * Where a profile filters by VolumeBinding, the claims of a pod are given volumes when it has a node, and
///   it is bound when they have them (`volume_binder`). Nobody waits for it meanwhile.
/// * Victims of `.preempt` are `pod_handle`s and are deleted; the node is promised to the pod for which they
///   leave (`nominations`).
/// A profile without `.order` goes by priority, one without `.bind` binds through the API. The client must
/// outlive it. Movable.
template <class... Profiles> class scheduler {
public:
    /// By the profile that is used if none is given.
    explicit scheduler(api::any_client client, scheduler_options options = {})
        requires(sizeof...(Profiles) == 0)
        : does_(detail::scheduling_by<>(std::move(client), std::move(options))) {}
    /// By one or several profiles.
    scheduler(api::any_client client, scheduler_options options, Profiles... profiles)
        requires(sizeof...(Profiles) > 0)
        : does_(detail::scheduling_by(std::move(client), std::move(options), std::move(profiles)...)) {}

    auto step(time_point now) -> wake { return does_->step(now); }
    auto on_wake(waker w) -> void { does_->on_wake(w); }

    [[nodiscard]] auto counters() const -> scheduler_counters { return does_->counters(); }

    /// The pod of this uid waits for its permission (see `schedule::wait_for`) and has it: it is bound.
    /// Whether it waited. To be called between steps.
    auto allow(std::string const& uid) -> bool { return does_->allow(uid); }
    /// The pod of this uid waits for its permission, or before its binding, and will not have it: it is tried
    /// again later.
    auto deny(std::string const& uid, std::string why) -> bool { return does_->deny(uid, std::move(why)); }
    /// The world may have got on with what `.pre_bind` of a profile waits for, for the pod of this uid: it is
    /// asked again. Whether it does not wait any more. To be called between steps.
    auto go_on(std::string const& uid) -> bool { return does_->go_on(uid); }
    /// The pod of this uid is tried again, if it waits: something has changed that nobody else tells, such as
    /// what `.enqueue` looks at.
    auto again(std::string const& uid) -> void { does_->again(uid); }

private:
    std::unique_ptr<detail::scheduling> does_;
};

template <class... Profiles>
scheduler(api::any_client, scheduler_options, Profiles...) -> scheduler<Profiles...>;
scheduler(api::any_client) -> scheduler<>;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/schedule/scheduler.ipp>
#endif
