#pragma once

/// \file
/// What is to become of the slices of a service, and how that becomes a plan.

#include <berth/core/config.hpp>
#include <berth/kube/discovery/endpoint_slice/type.hpp>
#include <berth/reconcile/controller.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace berth::kube {

inline constexpr std::string_view slice_service_label = "kubernetes.io/service-name";
inline constexpr std::string_view slice_manager_label = "endpointslice.kubernetes.io/managed-by";

/// The index of slices by namespace, service and who manages them.
inline constexpr std::string_view slices_by_service = "slices-by-service";
[[nodiscard]] BERTH_DECL auto slice_index() -> reconcile::index;

/// The slices of a service that `manager` manages, but those that are on their way out; in the order of their
/// names.
[[nodiscard]] BERTH_DECL auto slices_of(reconcile::snapshot const& world, object::key const& service,
                                        std::string_view manager)
    -> std::vector<reconcile::seen<endpoint_slice>>;

/// The service that a slice says it is of, if `manager` manages it; nothing or one.
[[nodiscard]] BERTH_DECL auto service_of(endpoint_slice const& s, std::string_view manager)
    -> std::vector<object::key>;

/// A slice that becomes another.
struct changed_slice {
    reconcile::seen<endpoint_slice> before;
    endpoint_slice after;
};

/// What is to become of some slices.
struct slice_changes {
    std::vector<endpoint_slice> create;
    std::vector<changed_slice> update;
    std::vector<reconcile::seen<endpoint_slice>> remove;
};

/// Makes slices that should be made of those that should go, where both have the same type of addresses and
/// the old one is the owner's.
BERTH_DECL auto recycle(slice_changes& changes, object::owner_reference const& owner) -> void;

/// Whether a slice belongs to an owner.
[[nodiscard]] BERTH_DECL auto is_slice_of(endpoint_slice const& s, object::owner_reference const& owner)
    -> bool;

namespace detail {

/// Under which text an endpoint is known: its addresses, its name, and the object that it is. (The rest may
/// change.)
[[nodiscard]] BERTH_DECL auto endpoint_key(endpoint const& e) -> std::string;

/// Whether two endpoints with the same key are alike.
[[nodiscard]] BERTH_DECL auto same_endpoint(endpoint const& a, endpoint const& b) -> bool;

} // namespace detail

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/discovery/endpoint_slice/controller/slice_changes.ipp>
#endif
