#pragma once

/// \file
/// Sees to the folders of the local provisioner's volumes on one node (`kube/control/local_provisioner.hpp`):
/// removes them when their volumes go.

#include <berth/api/any_client.hpp>
#include <berth/core/config.hpp>
#include <berth/core/step.hpp>
#include <berth/kube/core/persistent_volume/type.hpp>
#include <berth/reconcile/reflector.hpp>

#include <cstdint>
#include <memory>
#include <set>
#include <shared_mutex>
#include <string>

namespace berth::node {

/// Whose folders, and where.
struct local_volume_options {
    std::string node;                     ///< the name of the node
    std::string directory;                ///< the node's `volume_directory`; empty: there are no folders
    duration retry_interval = seconds(5); ///< after a folder that could not be removed, or an API that fails
};

/// A component that lets volumes go whose folder is on its node. Of one that is to be deleted, and that no
/// claim has any more, the folder is removed if the volume's reclaim policy is `Delete`, and stays otherwise;
/// then the volume's finalizer is taken off. It follows the volumes of its node alone.
class local_volume_keeper {
public:
    /// The client must outlive it.
    local_volume_keeper(api::any_client client, local_volume_options options);

    auto step(time_point now) -> wake;
    auto on_wake(waker w) -> void;

    /// How many folders have been removed.
    [[nodiscard]] auto removed() const -> std::uint64_t { return removed_; }

private:
    [[nodiscard]] auto is_due(kube::persistent_volume const& v) const -> bool;
    auto let_go(object::stored<kube::persistent_volume> const& v) -> result<void>;

    api::any_client client_;
    local_volume_options options_;
    std::unique_ptr<reconcile::table> volumes_;
    reconcile::reflector follows_;
    std::shared_mutex mutex_;
    std::set<std::string> due_; ///< names
    time_point retry_at_;
    std::uint64_t removed_ = 0;
};

} // namespace berth::node

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/node/local_volumes.ipp>
#endif
