#pragma once

/// \file
/// The bodies of `berth/kube/core/persistent_volume/warnings.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/persistent_volume/warnings.hpp>

namespace berth::kube::detail {

inline auto warn_of_volume_annotations(object::string_map const& annotations, warning_list& out) -> void {
    auto const at = metadata_path.child("annotations");
    auto const check = [&](std::string_view name, std::string_view what) {
        if (annotations.contains(name)) warn(out, at.key(name), what);
    };
    check("volume.beta.kubernetes.io/storage-class",
          "deprecated since v1.8; use \"storageClassName\" attribute instead");
    check("volume.beta.kubernetes.io/mount-options",
          "deprecated since v1.31; use \"mountOptions\" attribute instead");
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto warnings_of(persistent_volume const& v, persistent_volume const* /*before*/) -> warning_list {
    auto out = warning_list();
    auto const at = api::field_path("spec");
    auto const& s = v.spec;
    detail::warn_of_volume_annotations(v.metadata.annotations, out);
    if (s.persistent_volume_reclaim_policy == "Recycle")
        detail::warn(out, at.child("persistentVolumeReclaimPolicy"),
                     "The Recycle reclaim policy is deprecated. Instead, the recommended approach is to use "
                     "dynamic provisioning.");
    auto const check = [&](bool there, std::string_view field, std::string_view what) {
        if (there) detail::warn(out, at.child(field), what);
    };
    check(static_cast<bool>(s.cephfs), "cephfs", "deprecated in v1.28, non-functional in v1.31+");
    check(static_cast<bool>(s.photon_persistent_disk), "photonPersistentDisk",
          "deprecated in v1.11, non-functional in v1.16+");
    check(static_cast<bool>(s.scale_io), "scaleIO", "deprecated in v1.16, non-functional in v1.22+");
    check(static_cast<bool>(s.storageos), "storageOS", "deprecated in v1.22, non-functional in v1.25+");
    check(static_cast<bool>(s.glusterfs), "glusterfs", "deprecated in v1.25, non-functional in v1.26+");
    check(static_cast<bool>(s.rbd), "rbd", "deprecated in v1.28, non-functional in v1.31+");
    return out;
}

} // namespace berth::kube
