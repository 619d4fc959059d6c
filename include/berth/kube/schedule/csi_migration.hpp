#pragma once

/// \file
/// Volumes of clouds whose code was once in Kubernetes: which storage driver has them today (kubernetes 1.36,
/// `csi-translation-lib`).

#include <berth/core/config.hpp>
#include <berth/kube/core/persistent_volume/type.hpp>
#include <berth/kube/core/pod/volume.hpp>
#include <berth/kube/storage/csi_node/type.hpp>

#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace berth::kube {

/// A plugin (or provisioner) of old, and the driver that stands for it.
struct csi_replacement {
    std::string_view plugin;
    std::string_view driver;
    std::string_view zone_key; ///< the label by which the driver tells zones; empty: it tells none
};

/// What stands for a plugin of old; null if nothing does.
[[nodiscard]] BERTH_DECL auto replacement_of(std::string_view plugin) -> csi_replacement const*;

/// A volume as its driver knows it.
struct migrated_volume {
    csi_replacement by;
    std::string handle;
};

/// A volume that is told in old words, in new ones; nothing if it is none of those.
[[nodiscard]] BERTH_DECL auto migrated(volume const& v) -> std::optional<migrated_volume>;
[[nodiscard]] BERTH_DECL auto migrated(persistent_volume_spec const& v) -> std::optional<migrated_volume>;

/// The plugins whose work drivers do on a node. They refer to the node's annotations.
[[nodiscard]] BERTH_DECL auto plugins_replaced_on(csi_node const& n) -> std::set<std::string_view>;

/// The nodes that reach a volume, as the drivers of a node tell them: zones and regions of a volume in old
/// words are told by the labels of its driver, if that does the work on this node (null: nobody knows of
/// any). Nothing if all nodes do.
[[nodiscard]] BERTH_DECL auto reach_of(persistent_volume const& v, csi_node const* on)
    -> std::optional<node_selector>;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/schedule/csi_migration.ipp>
#endif
