#pragma once

/// \file
/// The bodies of `berth/kube/apps/stateful_set/controller/claims.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/apps/stateful_set/controller/claims.hpp>
#include <berth/kube/core/pod/type.hpp>
#include <berth/reconcile/ownership.hpp>

#include <algorithm>
#include <string>
#include <utility>

namespace berth::kube::detail {

/// On which occasions claims are deleted. A word that nobody knows keeps them on all.
struct claim_policy {
    bool when_deleted = false;
    bool when_scaled = false;
};

inline auto claim_policy_of(stateful_set const& set) -> claim_policy {
    auto const& policy = set.spec.persistent_volume_claim_retention_policy;
    if (!policy) return {};
    auto const is_known = [](std::string const& word) { return word == "Retain" || word == "Delete"; };
    if (!is_known(policy->when_deleted) || !is_known(policy->when_scaled)) return {};
    return {policy->when_deleted == "Delete", policy->when_scaled == "Delete"};
}

/// Whether a reference is to an object of this kind and name, of whatever uid.
inline auto names(object::owner_reference const& r, object::resource_name const& kind, std::string_view name)
    -> bool {
    auto const slash = r.api_version.find('/');
    auto const group =
        slash == std::string::npos ? std::string_view() : std::string_view(r.api_version).substr(0, slash);
    return r.kind == kind.kind && group == kind.group && r.name == name;
}

inline auto names_set(object::owner_reference const& r, claim_context const& of) -> bool {
    return names(r, stateful_set::resource, of.set.metadata.name);
}
inline auto names_pod(object::owner_reference const& r, claim_context const& of) -> bool {
    return names(r, pod::resource, of.pod);
}

/// Whether the first reference of this kind and name is to an object that is not the one of that uid.
template <class Names> auto is_outdated(persistent_volume_claim const& c, Names is_named,
                                        std::string_view uid) -> bool {
    auto const& refs = c.metadata.owner_references;
    auto const found = std::find_if(refs.begin(), refs.end(), is_named);
    return found != refs.end() && found->uid != uid;
}

inline auto is_owned_by(persistent_volume_claim const& c, std::string_view uid) -> bool {
    auto const& refs = c.metadata.owner_references;
    return std::any_of(refs.begin(), refs.end(), [&](auto const& r) { return r.uid == uid; });
}

/// Whether the set or the pod owns a claim without controlling it.
inline auto is_half_owned(persistent_volume_claim const& c, claim_context const& of) -> bool {
    for (auto const& r : c.metadata.owner_references)
        if (r.uid == of.set.metadata.uid || r.uid == of.uid) return !r.controller.value_or(false);
    return false;
}

inline auto set_owns(claim_context const& of) -> bool {
    auto const policy = claim_policy_of(of.set);
    return policy.when_deleted && !(policy.when_scaled && of.surplus);
}
inline auto pod_owns(claim_context const& of) -> bool {
    return claim_policy_of(of.set).when_scaled && of.surplus;
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto drops_claims_when_scaled(stateful_set const& set) -> bool {
    return detail::claim_policy_of(set).when_scaled;
}

BERTH_DECL auto is_stale(persistent_volume_claim const& c, claim_context const& of) -> bool {
    return detail::is_outdated(c, [&](auto const& r) { return detail::names_pod(r, of); }, of.uid);
}

BERTH_DECL auto has_foreign_controller(persistent_volume_claim const& c, claim_context const& of) -> bool {
    auto const policy = detail::claim_policy_of(of.set);
    if (!policy.when_deleted && !policy.when_scaled) return false;
    for (auto const& r : c.metadata.owner_references) {
        if (detail::names_set(r, of)) {
            if (r.uid != of.set.metadata.uid) return true;
        } else if (detail::names_pod(r, of)) {
            if (r.uid != of.uid) return true;
        } else if (r.controller.value_or(false)) return true;
    }
    return false;
}

BERTH_DECL auto is_owned_rightly(persistent_volume_claim const& c, claim_context const& of) -> bool {
    auto const names_set = [&](auto const& r) { return detail::names_set(r, of); };
    if (detail::is_outdated(c, names_set, of.set.metadata.uid) || is_stale(c, of)) return true;
    auto const by_set = detail::is_owned_by(c, of.set.metadata.uid);
    auto const by_pod = detail::is_owned_by(c, of.uid);
    if (has_foreign_controller(c, of)) return !by_set && !by_pod;
    if (detail::is_half_owned(c, of)) return false;
    return by_set == detail::set_owns(of) && by_pod == detail::pod_owns(of);
}

BERTH_DECL auto rightly_owned(persistent_volume_claim c, claim_context const& of) -> persistent_volume_claim {
    auto const foreign = has_foreign_controller(c, of);
    auto& refs = c.metadata.owner_references;
    erase_if(refs, [&](auto const& r) { return detail::names_set(r, of) || detail::names_pod(r, of); });
    if (foreign) return c;
    if (detail::set_owns(of)) refs.push_back(reconcile::controlled_by(of.set));
    if (detail::pod_owns(of)) {
        auto owner = object::meta{};
        owner.name = of.pod;
        owner.uid = of.uid;
        refs.push_back(reconcile::controlled_by(pod::resource, owner));
    }
    return c;
}

} // namespace berth::kube
