#pragma once

/// \file
/// One look at a deployment: its sets are sized, made and cleaned up, its status is computed
/// (kubernetes 1.36, `pkg/controller/deployment/{sync,rolling,recreate}.go`).

#include <berth/core/config.hpp>
#include <berth/kube/apps/deployment/controller/revision.hpp>
#include <berth/kube/core/pod/state.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace berth::kube::detail {

/// Goes through the motions of the controller on copies of the objects, and then writes what has changed.
class deployment_sync {
public:
    deployment_sync(reconcile::snapshot const& world, reconcile::seen<deployment> seen,
                    object::selector const& selector, std::vector<reconcile::seen<replica_set>> const& sets)
        : world_(world), seen_(seen), selector_(selector), d_(*seen), sets_(sort_out(d_, sets)) {}

    auto run(reconcile::plan& plan) -> void;

private:
    auto now() const -> time_point { return world_.now(); }

    auto decide() -> void;

    auto settle_pause() -> void;
    auto say(std::string status, std::string reason, std::string message) -> void {
        set_condition(d_.status, new_deployment_condition("Progressing", std::move(status), std::move(reason),
                                                          std::move(message), now()));
    }

    // ---- the set of the template
    // ---------------------------------------------------------------------------------

    /// The existing set of the template gets its annotations; when it has them, the deployment gets its
    /// revision.
    auto settle_current() -> void;
    auto take_revision(std::string const& revision) -> void;

    /// Makes the set of the template if there is none. Says no if its name is taken: then it gets another one
    /// next time.
    auto ensure_current() -> bool;
    /// The last attempt may have failed. That is said before another one, which may fail as well.
    auto tell_of_failure(std::string const& set) -> void;

    // ---- sizes
    // ---------------------------------------------------------------------------------------------------

    /// Whether the wanted number has changed since the sets were sized.
    auto is_scaled() const -> bool;

    auto only_scale() -> void;

    auto scale() -> void;
    auto latest() -> owned_set* {
        if (!sets_.current.empty()) return &sets_.current.front();
        return sets_.old.empty() ? nullptr : &sets_.old.back();
    }
    auto is_saturated(owned_set const& s) const -> bool;
    auto resize(owned_set& s, std::int32_t size) -> bool;

    // ---- strategies
    // ----------------------------------------------------------------------------------------------

    auto roll() -> void;
    static auto resized(std::vector<owned_set>& sets) -> std::vector<owned_set*>;

    auto recreate() -> void;
    auto old_pods_run() const -> bool;

    /// Old sets without pods go, the lowest revisions first, down to the limit of the history.
    auto clean_up() -> void;

    // ---- the plan
    // ------------------------------------------------------------------------------------------------

    auto write(reconcile::plan& plan) const -> void;
    auto write_set(owned_set const& s, reconcile::plan& plan) const -> void;
    auto tell_of_size(owned_set const& s, std::int32_t from, reconcile::plan& plan) const -> void;

    /// The progress deadline passes without anybody telling.
    auto look_again(reconcile::plan& plan) const -> void;

    reconcile::snapshot const& world_;
    reconcile::seen<deployment> seen_;
    object::selector const& selector_;
    deployment d_;
    rollout_sets sets_;
    deployment failed_; ///< how it stands after a failure, if `failure_` is not empty
    std::string failure_;
    std::vector<reconcile::seen<replica_set>> surplus_;
};

} // namespace berth::kube::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/apps/deployment/controller/sync.ipp>
#endif
