#pragma once

/// \file
/// The bodies of `berth/kube/core/persistent_volume_claim/admission.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/persistent_volume/type.hpp>
#include <berth/kube/core/persistent_volume_claim/admission.hpp>
#include <berth/kube/core/persistent_volume_claim/type.hpp>
#include <berth/reconcile/finalizer.hpp>

namespace berth::kube::detail {

inline auto protect_storage(api::admission_request& r, api::admission_world const&) -> result<void> {
    if (r.op != api::admission_request::operation::create || !r.subresource.empty()) return {};
    auto const claims = r.of.type == &object::type_of<persistent_volume_claim>();
    if (!claims && r.of.type != &object::type_of<persistent_volume>()) return {};
    reconcile::add_finalizer(r.object->metadata(),
                             claims ? claim_protection_finalizer : volume_protection_finalizer);
    return {};
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto storage_protection() -> api::admission {
    return {"StorageObjectInUseProtection", &detail::protect_storage, {}};
}

} // namespace berth::kube
