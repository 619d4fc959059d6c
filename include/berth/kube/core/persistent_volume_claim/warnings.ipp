#pragma once

/// \file
/// The bodies of `berth/kube/core/persistent_volume_claim/warnings.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/persistent_volume_claim/warnings.hpp>

namespace berth::kube {

BERTH_DECL auto warnings_of(persistent_volume_claim const& c, persistent_volume_claim const*)
    -> warning_list {
    auto out = warning_list();
    auto const spec = api::field_path("spec");
    if (c.metadata.annotations.contains("volume.beta.kubernetes.io/storage-class"))
        out.emplace_back(
            "metadata.annotations[volume.beta.kubernetes.io/storage-class]: deprecated since v1.8; use "
            "\"storageClassName\" attribute instead");
    detail::warn_of_claim(c.spec, spec, out);
    return out;
}

} // namespace berth::kube
