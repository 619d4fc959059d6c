#pragma once

/// \file
/// One look at a stateful set: its pods are made, replaced and deleted in turn, its status is computed
/// (kubernetes 1.36, `pkg/controller/statefulset/stateful_set_control.go`).

#include <berth/core/config.hpp>
#include <berth/kube/apps/stateful_set/controller/claims.hpp>
#include <berth/kube/apps/stateful_set/controller/identity.hpp>
#include <berth/kube/apps/stateful_set/controller/revisions.hpp>
#include <berth/kube/core/pod/state.hpp>
#include <berth/reconcile/world.hpp>

#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace berth::kube::detail {

/// Decides what to do next for a set, given the pods and the revisions (sorted) that are its own.
class stateful_sync {
public:
    /// The most pods that one plan makes.
    static constexpr std::int64_t burst = 500;

    stateful_sync(reconcile::snapshot const& world, reconcile::seen<stateful_set> seen,
                  std::vector<reconcile::seen<pod>> pods, seen_revisions sorted);

    auto run(reconcile::plan& plan) -> void;

private:
    using seen_pod = reconcile::seen<pod>;

    auto act() -> void;

    // ---- pods that are wanted

    /// Looks at each number in turn. Says no if what comes after has to wait.
    auto tend_wanted() -> bool;
    /// Makes the pod of a number and its claims. Says no if somebody else's pod, or a claim of an earlier
    /// one, is in the way.
    auto make(std::int64_t ordinal) -> bool;
    /// Looks after a pod that is there. Says no if pods after it have to wait for it.
    auto tend(seen_pod p, std::int64_t ordinal) -> bool;
    auto put_right(seen_pod p, std::int64_t ordinal) -> void;
    auto template_for(std::int64_t ordinal) const -> pod_template_spec;
    /// Whether a pod that is made is to be as those before the update.
    auto wants_current(std::int64_t ordinal) const -> bool;

    // ---- claims

    /// Makes the claims of a number that are missing. Says no if one is on its way out.
    auto make_claims(claim_context const& of, std::int64_t ordinal) -> bool;
    /// Has the claims that are there owned as the set's policy says.
    auto settle_claims(claim_context const& of, std::int64_t ordinal) -> void;
    auto context_of(pod const& p, bool surplus) const -> claim_context {
        return {set_, p.metadata.name, p.metadata.uid, surplus};
    }

    // ---- pods that are not wanted, or old

    /// Deletes pods whose numbers are not wanted, the highest first. Says no if there is to be waited.
    auto retire() -> bool;
    /// Deletes old pods, the highest first, so that they are made anew.
    auto roll() -> void;
    auto roll_one() -> void;
    auto roll_several(std::int64_t most) -> void;
    /// Whether a pod is old and may be deleted.
    auto is_outdated(seen_pod p) const -> bool;
    auto replace(seen_pod p) -> void;

    auto remove(seen_pod p) -> void;
    auto find(std::int64_t ordinal) const -> seen_pod;
    auto is_usable(pod const& p) const -> bool;
    auto is_missing(seen_pod p) const -> bool { return !p || p->metadata.deleting() || !is_usable(*p); }

    // ---- what is written

    auto count(pod const& p) -> void;
    auto complete() -> void;
    auto is_news() const -> bool;
    auto write_status(reconcile::plan& plan) -> void;
    auto truncate(reconcile::plan& plan) const -> void;

    /// What people are told of a step: `create Pod web-0 in StatefulSet web successful`.
    auto tell_of_pod(std::string const& verb, std::string const& outcome, std::string const& pod) -> void;
    auto tell_of_claim(std::string const& claim, std::string const& pod) -> void;

    reconcile::snapshot const& world_;
    reconcile::seen<stateful_set> seen_;
    stateful_set const& set_;
    std::vector<seen_pod> pods_;
    seen_revisions sorted_;
    pod_ordinals ordinals_;
    bool ordered_;
    rollout_revisions revisions_;
    std::map<std::int64_t, seen_pod> wanted_;
    std::map<std::int64_t, seen_pod, std::greater<>> surplus_;
    std::set<std::string> gone_; ///< the pods that the plan deletes
    bool stuck_ = false;         ///< a claim is on its way out that a pod needs
    stateful_set_status status_;
    reconcile::plan work_;
};

} // namespace berth::kube::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/apps/stateful_set/controller/sync.ipp>
#endif
