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
