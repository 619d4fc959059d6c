#pragma once

/// \file
/// The bodies of `berth/kube/schedule/volume_claims.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/volumes.hpp>
#include <berth/kube/schedule/volume_claims.hpp>

namespace berth::kube {

BERTH_DECL auto claim_of(pod const& p, volume const& v) -> std::optional<claim_use> {
    if (v.persistent_volume_claim) return claim_use{v.persistent_volume_claim->claim_name, false};
    if (v.ephemeral) return claim_use{p.metadata.name + "-" + v.name, true};
    return std::nullopt;
}

BERTH_DECL auto claims_of(pod const& p) -> std::vector<claim_use> {
    auto out = std::vector<claim_use>();
    for (auto const& v : p.spec.volumes)
        if (auto use = claim_of(p, v)) out.push_back(*std::move(use));
    return out;
}

BERTH_DECL auto is_on(pod const& p, persistent_volume_claim const& c) -> bool {
    if (p.metadata.namespace_ != c.metadata.namespace_) return false;
    for (auto const& use : claims_of(p))
        if (use.name == c.metadata.name) return true;
    return false;
}

BERTH_DECL auto has_claim_of_class(pod const& p, catalogue const& all, std::string_view name) -> bool {
    return any_claim(p, all, [&](auto const& c) { return storage_class_of(c) == name; });
}

BERTH_DECL auto ownership_problem(pod const& p, persistent_volume_claim const& c) -> std::string {
    auto const* const owner = object::controller_of(c.metadata);
    if (owner != nullptr && owner->uid == p.metadata.uid && c.metadata.namespace_ == p.metadata.namespace_)
        return {};
    return "PVC " + c.metadata.namespace_ + "/" + c.metadata.name + " was not created for pod " +
           p.metadata.namespace_ + "/" + p.metadata.name + " (pod is not owner)";
}

BERTH_DECL auto claim_not_found(std::string_view name) -> std::string {
    return "persistentvolumeclaim \"" + std::string(name) + "\" not found";
}

BERTH_DECL auto is_fully_bound(persistent_volume_claim const& c) -> bool {
    return !c.spec.volume_name.empty() && c.metadata.annotations.contains(bind_completed_annotation);
}

} // namespace berth::kube
