#pragma once

/// \file
/// Who controls what: a controller takes in orphans that its selector matches and lets go of what it no
/// longer does (kubernetes 1.36, `controller_ref_manager.go`).

#include <berth/kube/core/pod/type.hpp>
#include <berth/object/label_selector.hpp>
#include <berth/object/selector.hpp>
#include <berth/reconcile/controller.hpp>
#include <berth/reconcile/ownership.hpp>

#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
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

/// Any object may be claimed.
struct claims_all {
    template <class T> auto operator()(T const&) const -> bool { return true; }
};

/// The objects of a kind that `owner` controls and that match, after the plan has taken in the orphans that
/// match and let go of those that do not (unless the owner is being deleted). Objects for which `eligible` is
/// false are left as they are, and out.
template <object::kind_type T, object::kind_type Owner, class Matches, class Eligible = claims_all>
[[nodiscard]] auto claim_if(reconcile::snapshot const& world, Owner const& owner, reconcile::plan& plan,
                            Matches const& is_match, Eligible eligible = {})
    -> std::vector<reconcile::seen<T>> {
    auto const& m = owner.metadata;
    auto const is_eligible = [&](auto o) { return o->metadata.namespace_ == m.namespace_ && eligible(*o); };
    auto out = std::vector<reconcile::seen<T>>();
    for (auto const o : world.owned_by<T>(m.uid)) {
        if (!is_eligible(o)) continue;
        if (is_match(*o)) out.push_back(o);
        else if (!m.deleting()) {
            auto freed = *o;
            erase_if(freed.metadata.owner_references, [&](auto const& r) { return r.uid == m.uid; });
            plan.update(o, std::move(freed));
        }
    }
    if (m.deleting()) return out;
    for (auto const o : world.where<T>(orphans_by_namespace, m.namespace_)) {
        if (o->metadata.deleting() || !is_eligible(o) || !is_match(*o)) continue;
        auto taken = *o;
        taken.metadata.owner_references.push_back(reconcile::controlled_by(owner));
        plan.update(o, std::move(taken));
        out.push_back(o);
    }
    return out;
}

/// The same for what a selector of labels matches.
template <object::kind_type T, object::kind_type Owner, class Eligible = claims_all>
[[nodiscard]] auto claim(reconcile::snapshot const& world, Owner const& owner,
                         object::selector const& selector, reconcile::plan& plan, Eligible eligible = {})
    -> std::vector<reconcile::seen<T>> {
    auto const is_match = [&](T const& o) { return selector.matches(o.metadata.labels); };
    return claim_if<T>(world, owner, plan, is_match, std::move(eligible));
}

/// The selector of an object by the labels of others, as its spec says: labels, or a label selector. Errors:
/// `bad_request`.
template <class Owner> [[nodiscard]] auto label_selector_of(Owner const& o) -> result<object::selector> {
    if constexpr (std::is_convertible_v<decltype(o.spec.selector), object::string_map>)
        return object::selector::of_labels(o.spec.selector);
    else return object::to_selector(o.spec.selector);
}

/// The keys of the owners of a kind whose selectors match an object that nobody controls.
template <object::kind_type Owner>
[[nodiscard]] auto wanted_by(reconcile::snapshot const& world, object::meta const& orphan)
    -> std::vector<object::key> {
    auto out = std::vector<object::key>();
    if (object::controller_of(orphan) != nullptr) return out;
    for (auto const owner : world.all_in<Owner>(orphan.namespace_))
        if (auto const s = label_selector_of(*owner); s && !s->empty() && s->matches(orphan.labels))
            out.push_back(owner->metadata.where());
    return out;
}

} // namespace berth::kube
