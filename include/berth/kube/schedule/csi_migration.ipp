#pragma once

/// \file
/// The bodies of `berth/kube/schedule/csi_migration.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/schedule/csi_migration.hpp>

namespace berth::kube::detail {

inline constexpr csi_replacement replacements[] = {
    {"kubernetes.io/aws-ebs", "ebs.csi.aws.com"},
    {"kubernetes.io/gce-pd", "pd.csi.storage.gke.io"},
    {"kubernetes.io/azure-disk", "disk.csi.azure.com"},
    {"kubernetes.io/cinder", "cinder.csi.openstack.org"},
    {"kubernetes.io/portworx-volume", "pxd.portworx.com"},
};

/// `aws://zone/vol-1` and `vol-1` are one volume.
inline auto aws_handle(std::string const& id) -> std::string {
    return id.starts_with("aws://") ? id.substr(id.rfind('/') + 1) : id;
}

/// Of the volume of a pod or a persistent volume.
template <class Source> auto migrated_source(Source const& s) -> std::optional<migrated_volume> {
    auto const& [aws, gce, azure, cinder, portworx] = replacements;
    using m = migrated_volume;
    if (s.aws_elastic_block_store) return m{aws, aws_handle(s.aws_elastic_block_store->volume_id)};
    if (s.gce_persistent_disk) return m{gce, s.gce_persistent_disk->pd_name};
    if (s.azure_disk) return m{azure, s.azure_disk->disk_uri};
    if (s.cinder) return m{cinder, s.cinder->volume_id};
    if (s.portworx_volume) return m{portworx, s.portworx_volume->volume_id};
    return std::nullopt;
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto replacement_of(std::string_view plugin) -> csi_replacement const* {
    for (auto const& r : detail::replacements)
        if (r.plugin == plugin) return &r;
    return nullptr;
}

BERTH_DECL auto migrated(volume const& v) -> std::optional<migrated_volume> {
    return detail::migrated_source(v);
}

BERTH_DECL auto migrated(persistent_volume_spec const& v) -> std::optional<migrated_volume> {
    return detail::migrated_source(v);
}

BERTH_DECL auto plugins_replaced_on(csi_node const& n) -> std::set<std::string_view> {
    auto out = std::set<std::string_view>();
    auto const* const told = n.metadata.annotations.find("storage.alpha.kubernetes.io/migrated-plugins");
    if (told == nullptr) return out;
    auto rest = std::string_view(*told);
    while (true) {
        auto const end = rest.find(',');
        out.insert(rest.substr(0, end));
        if (end == std::string_view::npos) return out;
        rest.remove_prefix(end + 1);
    }
}

} // namespace berth::kube
