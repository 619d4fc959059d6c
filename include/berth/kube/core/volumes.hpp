#pragma once

/// \file
/// What volumes and claims for them have in common (kubernetes 1.36, `component-helpers/storage/volume`).

#include <berth/core/config.hpp>
#include <berth/kube/core/persistent_volume/type.hpp>
#include <berth/kube/core/persistent_volume_claim/type.hpp>

#include <string>
#include <vector>

namespace berth::kube {

/// The name of the storage class that is asked for, or that a volume is of; nothing if there is none. An
/// annotation of old times goes first.
[[nodiscard]] BERTH_DECL auto storage_class_of(persistent_volume_claim const& c) -> std::string;
[[nodiscard]] BERTH_DECL auto storage_class_of(persistent_volume const& v) -> std::string;

/// Access modes as tables show them: `RWO,ROX`.
[[nodiscard]] BERTH_DECL auto shown_access_modes(std::vector<std::string> const& modes) -> std::string;

/// The amount of storage in a list of resources, as tables show it: `0` if there is none.
[[nodiscard]] BERTH_DECL auto shown_storage(resource_list const& resources) -> std::string;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/volumes.ipp>
#endif
