#pragma once

/// \file
/// The bodies of `berth/kube/storage/storage_class/admission.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/persistent_volume_claim/type.hpp>
#include <berth/kube/core/volumes.hpp>
#include <berth/kube/meta/default_class.hpp>
#include <berth/kube/storage/storage_class/admission.hpp>

namespace berth::kube::detail {

inline auto give_storage_class(api::admission_request& r, api::admission_world const& world) -> result<void> {
    auto const claims = r.of.type == &object::type_of<persistent_volume_claim>();
    if (!claims || r.op != api::admission_request::operation::create || !r.subresource.empty()) return {};
    auto& c = r.object->as<persistent_volume_claim>();
    if (has_storage_class(c)) return {};
    auto const all = world.list(storage_class::resource);
    if (!all) return std::unexpected(all.error());
    auto const* const best = newest_default<storage_class>(*all, &is_default);
    if (best != nullptr) c.spec.storage_class_name = best->metadata.name;
    return {};
}

/// Whether the class of a claim lets it grow.
inline auto may_grow(persistent_volume_claim const& now, persistent_volume_claim const& before,
                     api::admission_world const& world) -> result<bool> {
    auto const name = storage_class_of(now);
    if (name.empty() || name != storage_class_of(before)) return false;
    auto const c = world.find_as<storage_class>({{}, name});
    if (c) return (*c)->allow_volume_expansion.value_or(false);
    if (c.error().code == error_code::not_found) return false;
    return std::unexpected(c.error());
}

inline auto check_growth(api::admission_request& r, api::admission_world const& world) -> result<void> {
    auto const claims = r.of.type == &object::type_of<persistent_volume_claim>();
    if (!claims || r.op != api::admission_request::operation::update || !r.subresource.empty()) return {};
    auto const& now = r.object->as<persistent_volume_claim>();
    auto const& before = r.before.as<persistent_volume_claim>();
    if (storage_in(now.spec.resources.requests) <= storage_in(before.spec.resources.requests)) return {};
    if (before.status.phase != "Bound")
        return api::refused(r, "Only bound persistent volume claims can be expanded");
    auto const grows = may_grow(now, before, world);
    if (!grows) return std::unexpected(grows.error());
    if (*grows) return {};
    return api::refused(
        r, "only dynamically provisioned pvc can be resized and the storageclass that provisions "
           "the pvc must support resize");
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto is_default(storage_class const& c) -> bool {
    for (auto const* const key :
         {"storageclass.kubernetes.io/is-default-class", "storageclass.beta.kubernetes.io/is-default-class"})
        if (c.metadata.annotations.get(key) == "true") return true;
    return false;
}

BERTH_DECL auto default_storage_class() -> api::admission {
    return {"DefaultStorageClass", &detail::give_storage_class, {}, {&storage_class::resource}};
}

BERTH_DECL auto claim_resize() -> api::admission {
    return {"PersistentVolumeClaimResize", {}, &detail::check_growth, {&storage_class::resource}};
}

} // namespace berth::kube
