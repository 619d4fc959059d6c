#pragma once

/// \file
/// Who controls what: a controller takes in orphans that its selector matches and lets go of what it no
/// longer does (kubernetes 1.36, `controller_ref_manager.go`).

#include <berth/kube/core/pod/type.hpp>
#include <berth/object/selector.hpp>
#include <berth/reconcile/controller.hpp>
#include <berth/reconcile/ownership.hpp>

#include <range/v3/view/filter.hpp>

#include <functional>
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

/// A pod of a template, in the namespace and under the control of `owner`, whose name begins with the
/// owner's.
template <object::kind_type Owner>
[[nodiscard]] auto pod_for(Owner const& owner, pod_template_spec const& t) -> pod {
    auto p = pod{};
    p.metadata.generate_name = owner.metadata.name + "-";
    p.metadata.namespace_ = owner.metadata.namespace_;
    p.metadata.labels = t.metadata.labels;
    p.metadata.annotations = t.metadata.annotations;
    p.metadata.finalizers = t.metadata.finalizers;
    p.metadata.owner_references.push_back(reconcile::controlled_by(owner));
    p.spec = t.spec;
    return p;
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
    using ranges::views::filter;
    auto const& m = owner.metadata;
    auto const is_eligible = [&](auto o) { return o->metadata.namespace_ == m.namespace_ && eligible(*o); };
    auto const matches = [&](auto o) { return selector.matches(o->metadata.labels); };
    auto const stays = [](auto o) { return !o->metadata.deleting(); };
    auto mine = world.owned_by<T>(m.uid) | filter(is_eligible);
    auto out = std::vector<reconcile::seen<T>>();
    for (auto const o : mine | filter(matches)) out.push_back(o);
    if (m.deleting()) return out;
    for (auto const o : mine | filter(std::not_fn(matches))) {
        auto freed = *o;
        erase_if(freed.metadata.owner_references, [&](auto const& r) { return r.uid == m.uid; });
        plan.update(o, std::move(freed));
    }
    auto const orphans = world.where<T>(orphans_by_namespace, m.namespace_);
    for (auto const o : orphans | filter(stays) | filter(is_eligible) | filter(matches)) {
        auto taken = *o;
        taken.metadata.owner_references.push_back(reconcile::controlled_by(owner));
        plan.update(o, std::move(taken));
        out.push_back(o);
    }
    return out;
}

} // namespace berth::kube
