#pragma once

/// \file
/// Who controls what: a controller takes in orphans that its selector matches and lets go of what it no
/// longer does (kubernetes 1.36, `controller_ref_manager.go`).

#include <berth/api/errors.hpp>
#include <berth/kube/core/pod/type.hpp>
#include <berth/object/selector.hpp>
#include <berth/reconcile/controller.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace berth::kube {

/// The index of objects that nobody controls, by namespace.
inline constexpr std::string_view orphans_by_namespace = "orphans";

/// The index of the orphans of a kind.
template <object::kind_type T> [[nodiscard]] auto orphan_index() -> reconcile::index {
    return reconcile::index_of<T>(std::string(orphans_by_namespace), [](T const& o) {
        return object::controller_of(o.metadata) == nullptr ? std::vector<std::string>{o.metadata.namespace_}
                                                            : std::vector<std::string>{};
    });
}

/// A reference by which `owner` controls something.
template <object::kind_type Owner> [[nodiscard]] auto controlled_by(Owner const& owner)
    -> object::owner_reference {
    auto out = object::owner_reference{};
    auto const& r = Owner::resource;
    out.api_version = api::api_version(r);
    out.kind = r.kind;
    out.name = owner.metadata.name;
    out.uid = owner.metadata.uid;
    out.controller = true;
    out.block_owner_deletion = true;
    return out;
}

/// Any object may be claimed.
struct claims_all {
    template <class T> auto operator()(T const&) const -> bool { return true; }
};

/// The objects of a kind that `owner` controls and its selector matches, after the plan has taken in the
/// orphans that match and let go of those that do not (unless the owner is being deleted). Objects for which
/// `eligible` is false are left as they are, and out.
template <object::kind_type T, object::kind_type Owner, class Eligible = claims_all>
[[nodiscard]] auto claim(reconcile::snapshot const& world, Owner const& owner,
                         object::selector const& selector, reconcile::plan& plan, Eligible eligible = {})
    -> std::vector<reconcile::seen<T>> {
    auto out = std::vector<reconcile::seen<T>>();
    for (auto const o : world.owned_by<T>(owner.metadata.uid)) {
        if (o->metadata.namespace_ != owner.metadata.namespace_ || !eligible(*o)) continue;
        if (selector.matches(o->metadata.labels)) {
            out.push_back(o);
            continue;
        }
        if (owner.metadata.deleting()) continue;
        auto freed = *o;
        erase_if(freed.metadata.owner_references,
                      [&](auto const& r) { return r.uid == owner.metadata.uid; });
        plan.update(o, std::move(freed));
    }
    if (owner.metadata.deleting()) return out;
    for (auto const o : world.where<T>(orphans_by_namespace, owner.metadata.namespace_)) {
        if (o->metadata.deleting() || !eligible(*o) || !selector.matches(o->metadata.labels)) continue;
        auto taken = *o;
        taken.metadata.owner_references.push_back(controlled_by(owner));
        plan.update(o, std::move(taken));
        out.push_back(o);
    }
    return out;
}

} // namespace berth::kube
