#pragma once

/// \file
/// Which volumes the claims of a pod would get on a node: volumes that are there, or ones that are made
/// (kubernetes 1.36, `plugins/volumebinding/binder.go`, `component-helpers/storage/volume/pv_helpers.go`).
/// All of it is values; who binds pods makes them true.

#include <berth/core/config.hpp>
#include <berth/kube/core/node/type.hpp>
#include <berth/kube/core/pod/type.hpp>
#include <berth/kube/core/volumes.hpp>
#include <berth/kube/schedule/catalogue.hpp>
#include <berth/object/selector.hpp>

#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace berth::kube {

/// What a storage class has for claims. Refers to the catalogue it was made from.
struct class_offer {
    /// Room for volumes that are yet to be made, near the nodes that the selector matches.
    struct room {
        object::quantity size; ///< of the largest volume
        object::selector near;
    };
    storage_class const* kind = nullptr;
    std::vector<persistent_volume const*> volumes;
    std::optional<std::vector<room>> rooms; ///< absent: the driver does not tell, and may always make volumes
};

/// The claims of a pod that waits for a node. Refers to the catalogue it was made from.
struct claims_to_place {
    /// A claim that waits for the node.
    struct waiting {
        persistent_volume_claim const* claim = nullptr;
        std::shared_ptr<class_offer const> offer;
        std::vector<persistent_volume const*> volumes; ///< which it might get, the best first
    };
    std::vector<persistent_volume_claim const*> bound;
    std::vector<waiting> unbound; ///< the smallest first

    [[nodiscard]] auto empty() const -> bool { return bound.empty() && unbound.empty(); }
};

/// The claims of a pod. Errors: the reason why it can be on no node yet.
[[nodiscard]] BERTH_DECL auto claims_to_place_of(pod const& p, catalogue const& all)
    -> std::expected<claims_to_place, std::string>;

/// Whether a node can reach a volume; by the words of the drivers that it has, see `reach_of`.
[[nodiscard]] BERTH_DECL auto reaches(node const& n, persistent_volume const& v,
                                      csi_node const* drivers = nullptr) -> bool;

/// What is to be done for a pod's claims on a node, or what is in its way.
struct volume_plan {
    struct binding {
        persistent_volume const* volume = nullptr;
        persistent_volume_claim const* claim = nullptr;
    };
    std::vector<binding> bindings;
    std::vector<persistent_volume_claim const*> provisions; ///< whose volumes are made for the node

    bool volume_elsewhere = false; ///< a bound volume cannot be reached
    bool no_volume = false;        ///< a claim can have none
    bool too_little_room = false;  ///< a driver has no room for a volume that is to be made
    bool volume_missing = false;   ///< a claim is bound to a volume that is not there

    [[nodiscard]] auto possible() const -> bool {
        return !volume_elsewhere && !no_volume && !too_little_room && !volume_missing;
    }
};
[[nodiscard]] BERTH_DECL auto plan_volumes(claims_to_place const& claims, node const& n, catalogue const& all)
    -> volume_plan;

/// Whether a class lets volumes be made for a node.
[[nodiscard]] BERTH_DECL auto may_be_made_for(node const& n, storage_class const& kind) -> bool;

/// The claim as it is when its volume is to be made for a node.
[[nodiscard]] BERTH_DECL auto provisioned_for(persistent_volume_claim c, std::string_view node)
    -> persistent_volume_claim;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/schedule/volume_binding.ipp>
#endif
