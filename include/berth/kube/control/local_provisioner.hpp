#pragma once

/// \file
/// Makes volumes that are folders of nodes, and lets them go: the provisioner that Berth brings along.
///
///     apiVersion: storage.k8s.io/v1
///     kind: StorageClass
///     metadata: {name: local}
///     provisioner: local.berth
///     volumeBindingMode: WaitForFirstConsumer
///
/// A volume is made for the node that the scheduler has selected, and only reached from there. Where a class
/// binds immediately, one of the nodes that are ready is chosen, without knowing the pod; where no node has
/// folders (simulated ones have none) the volume is reached from everywhere. The class has no parameters.
///
/// A volume is a name until a pod uses it: the agent of the node makes the folder then (`node/volumes.hpp`),
/// and removes it when the volume goes and its reclaim policy is `Delete` (`node/local_volumes.hpp`). Its
/// size is not enforced; so a claim of a class with `allowVolumeExpansion: true` grows as it asks for more.

#include <berth/core/config.hpp>
#include <berth/kube/control/told_note.hpp>
#include <berth/kube/core/node/type.hpp>
#include <berth/kube/core/persistent_volume/type.hpp>
#include <berth/kube/core/persistent_volume_claim/type.hpp>
#include <berth/kube/storage/storage_class/type.hpp>
#include <berth/reconcile/controller.hpp>

#include <string_view>
#include <vector>

namespace berth::kube {

/// What storage classes call the provisioner, and volumes the driver of their source.
inline constexpr std::string_view local_provisioner = "local.berth";
/// Holds a volume until the agent of its node has seen to its folder.
inline constexpr std::string_view local_folder_finalizer = "local.berth/folder";
/// The label of volumes that have a folder: the node that it is on.
inline constexpr std::string_view local_node_label = "local.berth/node";

/// Whether a volume is one of the provisioner's.
[[nodiscard]] BERTH_DECL auto is_local(persistent_volume const& v) -> bool;

/// The reconcile function that makes volumes for claims that are marked for this provisioner. What cannot be
/// made is told on the claim, and again each minute.
struct local_provisioner_controller {
    static constexpr std::string_view name = "local-provisioner";
    using reconciles = persistent_volume_claim;
    using watches = reconcile::kinds<persistent_volume>;
    using reads = reconcile::kinds<storage_class, node>;
    using memory = told_note;

    auto keys_for(reconcile::snapshot const& world, persistent_volume const& v) const
        -> std::vector<object::key>;

    auto reconcile(reconcile::snapshot const& world, object::key const& k, told_note const& before) const
        -> reconcile::decision<told_note>;
};
static_assert(reconcile::controller<local_provisioner_controller>);

/// The reconcile function that lets the provisioner's volumes grow as their claims ask for more: first the
/// volume, then what the claim's status says of it (csi external-resizer 1.13, without a resize on the node).
/// Whether a claim may ask for more is the business of admission.
struct local_resizer_controller {
    static constexpr std::string_view name = "local-resizer";
    using reconciles = persistent_volume_claim;
    using watches = reconcile::kinds<persistent_volume>;

    auto keys_for(reconcile::snapshot const& world, persistent_volume const& v) const
        -> std::vector<object::key>;

    auto reconcile(reconcile::snapshot const& world, object::key const& k) const -> reconcile::plan;
};
static_assert(reconcile::controller<local_resizer_controller>);

/// The reconcile function that deletes the provisioner's volumes whose claims are gone and whose policy is
/// `Delete`, and lets those go whose node is gone, and their folder with it.
struct local_reclaimer_controller {
    static constexpr std::string_view name = "local-reclaimer";
    using reconciles = persistent_volume;
    using watches = reconcile::kinds<node>;

    static auto indexes() -> std::vector<reconcile::index>;

    /// The volumes whose folder is on a node.
    auto keys_for(reconcile::snapshot const& world, node const& n) const -> std::vector<object::key>;
    /// Whether a node is there is all that matters of it.
    auto matters(node const&, node const&) const -> bool { return false; }

    auto reconcile(reconcile::snapshot const& world, object::key const& k) const -> reconcile::plan;
};
static_assert(reconcile::controller<local_reclaimer_controller>);

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/control/local_provisioner.ipp>
#endif
