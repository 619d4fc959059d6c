#pragma once

/// \file
/// The bodies of `berth/kube/core/pod/defaults/volume.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/pod/defaults/volume.hpp>

namespace berth::kube::detail {

/// Whether a volume says what it is.
inline auto has_source(volume const& v) -> bool {
    for (auto const& f : object::type_of<volume>().fields)
        if (f.type().form == object::shape::optional && !f.type().is_zero(f.in(&v))) return true;
    return false;
}

/// The requests and limits of a claim that is made for a volume; null if none is.
inline auto claimed(volume const& v) -> volume_resource_requirements const* {
    if (!v.ephemeral || !v.ephemeral->volume_claim_template) return nullptr;
    return &v.ephemeral->volume_claim_template->spec.resources;
}

BERTH_DECL auto is_complete(volume const& v) -> bool {
    auto const* const claim = claimed(v);
    return has_source(v) && (!v.image || !v.image->pull_policy.empty()) &&
           (claim == nullptr || (are_round(claim->limits) && are_round(claim->requests)));
}

BERTH_DECL auto complete(volume& v) -> void {
    if (!has_source(v)) v.empty_dir = empty_dir_volume_source{};
    if (v.image) set_pull_policy(v.image->pull_policy, v.image->reference);
    if (v.ephemeral && v.ephemeral->volume_claim_template) {
        auto& claim = v.ephemeral->volume_claim_template->spec;
        round_amounts(claim.resources.limits);
        round_amounts(claim.resources.requests);
    }
}

} // namespace berth::kube::detail
