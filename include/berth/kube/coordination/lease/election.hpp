#pragma once

/// \file
/// Leader election through Leases of an API (client-go 1.36, `tools/leaderelection`): of many candidates one
/// leads, and another does when it is gone.

#include <berth/api/any_client.hpp>
#include <berth/api/fence.hpp>
#include <berth/core/config.hpp>
#include <berth/core/random.hpp>
#include <berth/core/step.hpp>
#include <berth/kube/coordination/lease/type.hpp>

#include <atomic>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>

namespace berth::kube {

/// What a candidate for a leadership may be told. `lease` must be longer than `renew_deadline`, and that than
/// a `retry_period` with its jitter (a fifth).
struct lease_election_options {
    object::key lease_name;                ///< the Lease, e.g. `kube-system/kube-scheduler`
    std::string identity;                  ///< who this is: no other candidate's
    duration lease = seconds(15);          ///< how long others wait after the last sign of life of a leader
    duration renew_deadline = seconds(10); ///< without a renewal, after which a leader steps down
    duration retry_period = seconds(2);    ///< between renewals, and between tries to become the leader
    std::uint64_t seed = 0;                ///< of the jitter between tries
    /// Hears when it begins and ceases to lead, from within `step`, `drain`.
    std::function<void(bool leads)> changed = {};
};

/// A candidate, as a component; its time is one that nobody sets (`monotonic_clock`), since spans alone
/// matter.
///
/// * Nobody's clock is believed: a lease counts as held for its duration after the moment at which this
/// candidate saw
///   it change. So clocks need not agree, only run about equally fast.
/// * A leader that could not renew the lease for `renew_deadline` steps down, before anybody else may lead.
/// * `token()` counts the leaderships of the Lease: it grows from leader to leader. `fence()` is a
/// precondition
///   for writes (`api::fenced_client`, `reconcile::loop_options::leadership`): the API refuses those of a
///   leader that has been replaced, however late they come.
/// * A drain hands over at once: the next candidate that tries leads.
class lease_election {
public:
    /// Throws `std::invalid_argument` for times that leave no room for each other. The dates in the Lease are
    /// those of `dates`.
    lease_election(api::any_client client, lease_election_options options,
                   std::function<time_point()> dates = {});
    lease_election(lease_election const&) = delete;
    auto operator=(lease_election const&) -> lease_election& = delete;

    auto step(time_point now) -> wake;
    /// Resigns; done when the API has heard it, or once `retry_period` is over.
    auto drain(time_point now) -> std::optional<wake>;

    [[nodiscard]] auto leads() const -> bool { return token_.load() >= 0; }
    /// Whether it leads at a time: false from the moment at which it has to step down, even if no step comes.
    [[nodiscard]] auto leads(time_point now) const -> bool {
        return leads() && now.nanoseconds < until_.load();
    }
    /// How often the Lease changed hands before this leadership; nothing while it does not lead.
    [[nodiscard]] auto token() const -> std::optional<std::int64_t>;
    /// This leadership, for writes that are made under it; null while it does not lead. From any thread.
    [[nodiscard]] auto fence() const -> api::shared_fence;
    /// Who leads as far as it knows; empty: nobody. By the thread that steps it.
    [[nodiscard]] auto leader() const -> std::string;

private:
    /// The Lease as it is, and since when it is known to be so.
    struct observation {
        object::stored<lease> what;
        time_point since;
    };

    auto observe(object::stored<lease> what, time_point now) -> void;
    [[nodiscard]] auto is_mine() const -> bool;
    [[nodiscard]] auto is_held(time_point now) const -> bool;
    auto try_to_lead(time_point now) -> bool;
    auto write(lease wanted, time_point now) -> bool;
    [[nodiscard]] auto renewed() const -> lease;
    auto begin(time_point now) -> void;
    auto end() -> void;
    auto resign(time_point now) -> bool;

    api::any_client client_;
    lease_election_options options_;
    std::function<time_point()> dates_;
    random_engine jitter_;
    std::optional<observation> seen_;
    std::atomic<std::int64_t> token_ = -1;
    std::atomic<std::int64_t> until_ = 0;
    mutable std::mutex fence_mutex_;
    api::shared_fence fence_;
    time_point next_;
    std::optional<time_point> resigned_;
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/coordination/lease/election.ipp>
#endif
