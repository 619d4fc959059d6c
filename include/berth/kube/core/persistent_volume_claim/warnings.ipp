#pragma once

/// \file
/// The bodies of `berth/kube/core/persistent_volume_claim/warnings.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/persistent_volume_claim/warnings.hpp>

namespace berth::kube::detail {

/// Bytes come whole.
inline auto warn_of_storage_fractions(resource_list const& amounts, field_path const& at, warning_list& out)
    -> void {
    auto const* const storage = amounts.find("storage");
    if (storage != nullptr && storage->milli_value() % 1000 != 0)
        warn(out, at.key("storage"),
             "fractional byte value \"" + storage->to_string() + "\" is invalid, must be an integer");
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto warnings_of(persistent_volume_claim const& c, persistent_volume_claim const*)
    -> warning_list {
    auto out = warning_list();
    auto const spec = api::field_path("spec");
    auto const amounts = spec.child("resources");
    if (c.metadata.annotations.contains("volume.beta.kubernetes.io/storage-class"))
        out.emplace_back(
            "metadata.annotations[volume.beta.kubernetes.io/storage-class]: deprecated since v1.8; use "
            "\"storageClassName\" attribute instead");
    detail::warn_of_storage_fractions(c.spec.resources.limits, amounts.child("limits"), out);
    detail::warn_of_storage_fractions(c.spec.resources.requests, amounts.child("requests"), out);
    return out;
}

} // namespace berth::kube
