#pragma once

/// \file
/// What volumes and claims for them have in common (kubernetes 1.36, `component-helpers/storage/volume`).

#include <berth/core/config.hpp>
#include <berth/kube/core/persistent_volume/type.hpp>
#include <berth/kube/core/persistent_volume_claim/type.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace berth::kube {

/// On a claim whose volume has been found: from then on the claim is bound, or lost.
inline constexpr std::string_view bind_completed_annotation = "pv.kubernetes.io/bind-completed";
/// On a claim and a volume that people did not bring together themselves.
inline constexpr std::string_view bound_by_controller_annotation = "pv.kubernetes.io/bound-by-controller";
/// On a volume that was made for a claim: by whom.
inline constexpr std::string_view provisioned_by_annotation = "pv.kubernetes.io/provisioned-by";
/// On a claim whose volume is to be made: by whom.
inline constexpr std::string_view storage_provisioner_annotation = "volume.kubernetes.io/storage-provisioner";
/// On a claim whose volume is to be made for a pod: the node that the scheduler has in mind.
inline constexpr std::string_view selected_node_annotation = "volume.kubernetes.io/selected-node";
/// The provisioner of classes whose volumes nobody makes.
inline constexpr std::string_view no_provisioner = "kubernetes.io/no-provisioner";

/// The name of the storage class that is asked for, or that a volume is of; nothing if there is none. An
/// annotation of old times goes first.
[[nodiscard]] BERTH_DECL auto storage_class_of(persistent_volume_claim const& c) -> std::string;
[[nodiscard]] BERTH_DECL auto storage_class_of(persistent_volume const& v) -> std::string;

/// Whether a claim says of which class its volume is to be, be it of none.
[[nodiscard]] BERTH_DECL auto has_storage_class(persistent_volume_claim const& c) -> bool;

/// The amount of storage in a list of resources; none is 0.
[[nodiscard]] BERTH_DECL auto storage_in(resource_list const& resources) -> object::quantity;

/// Whether a volume is a claim's already, or is kept for it: by name, and by uid if it tells one.
[[nodiscard]] BERTH_DECL auto is_meant_for(persistent_volume const& v, persistent_volume_claim const& c)
    -> bool;

/// Whether a volume can be used in all the ways that a claim wants.
[[nodiscard]] BERTH_DECL auto has_access_modes(persistent_volume const& v, persistent_volume_claim const& c)
    -> bool;
/// Whether both are a file system, or both a block device.
[[nodiscard]] BERTH_DECL auto has_volume_mode(persistent_volume const& v, persistent_volume_claim const& c)
    -> bool;
/// Whether a volume has the attributes class that a claim names, or neither has one.
[[nodiscard]] BERTH_DECL auto has_attributes_class(persistent_volume const& v,
                                                   persistent_volume_claim const& c) -> bool;

/// The volume as it is when it is the claim's; nothing if it is so already.
[[nodiscard]] BERTH_DECL auto bound_to(persistent_volume const& v, persistent_volume_claim const& c)
    -> std::optional<persistent_volume>;

/// The node for which a claim's volume is to be made; null if none is chosen.
[[nodiscard]] BERTH_DECL auto selected_node_of(persistent_volume_claim const& c) -> std::string const*;

/// Access modes as tables show them: `RWO,ROX`.
[[nodiscard]] BERTH_DECL auto shown_access_modes(std::vector<std::string> const& modes) -> std::string;

/// The amount of storage in a list of resources, as tables show it: `0` if there is none.
[[nodiscard]] BERTH_DECL auto shown_storage(resource_list const& resources) -> std::string;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/volumes.ipp>
#endif
