#pragma once

/// \file
/// What volumes are when their manifests do not say (Kubernetes 1.36, `pkg/apis/core/v1/defaults.go`).

#include <berth/kube/core/pod/defaults/container.hpp>
#include <berth/kube/core/pod/volume.hpp>

namespace berth::kube::detail {

/// Readable by all, writable by the owner: 0644.
inline constexpr std::int32_t default_file_mode = 0644;

inline auto set_default_mode(std::optional<std::int32_t>& mode) -> void {
    if (!mode) mode = default_file_mode;
}

inline auto set_defaults(object::list<downward_api_volume_file>& files) -> void {
    for (auto& file : files)
        if (file.field_ref) set_defaults(*file.field_ref);
}

inline auto set_defaults(projected_volume_source& projected) -> void {
    set_default_mode(projected.default_mode);
    for (auto& source : projected.sources) {
        if (source.downward_api) set_defaults(source.downward_api->items);
        if (source.service_account_token && !source.service_account_token->expiration_seconds)
            source.service_account_token->expiration_seconds = 3600;
    }
}

inline auto set_defaults(azure_disk_volume_source& disk) -> void {
    if (!disk.caching_mode) disk.caching_mode = std::string("ReadWrite");
    if (!disk.kind) disk.kind = std::string("Shared");
    if (!disk.fs_type) disk.fs_type = std::string("ext4");
    if (!disk.read_only) disk.read_only = false;
}

inline auto set_legacy_defaults(volume& v) -> void {
    if (v.iscsi) set_default(v.iscsi->iscsi_interface, "default");
    if (v.rbd) {
        set_default(v.rbd->pool, "rbd");
        set_default(v.rbd->user, "admin");
        set_default(v.rbd->keyring, "/etc/ceph/keyring");
    }
    if (v.azure_disk) set_defaults(*v.azure_disk);
    if (v.scale_io) {
        set_default(v.scale_io->storage_mode, "ThinProvisioned");
        set_default(v.scale_io->fs_type, "xfs");
    }
}

/// Whether a volume says what it is.
inline auto has_source(volume const& v) -> bool {
    for (auto const& f : object::type_of<volume>().fields)
        if (f.type().form == object::shape::optional && !f.type().is_zero(f.in(&v))) return true;
    return false;
}

inline auto set_defaults(volume& v) -> void {
    if (!has_source(v)) v.empty_dir = empty_dir_volume_source{};
    if (v.image) set_pull_policy(v.image->pull_policy, v.image->reference);
    if (v.secret) set_default_mode(v.secret->default_mode);
    if (v.config_map) set_default_mode(v.config_map->default_mode);
    if (v.downward_api) {
        set_default_mode(v.downward_api->default_mode);
        set_defaults(v.downward_api->items);
    }
    if (v.projected) set_defaults(*v.projected);
    if (v.host_path && !v.host_path->type) v.host_path->type = std::string();
    if (v.ephemeral && v.ephemeral->volume_claim_template) {
        auto& claim = v.ephemeral->volume_claim_template->spec;
        if (!claim.volume_mode) claim.volume_mode = std::string("Filesystem");
        round_amounts(claim.resources.limits);
        round_amounts(claim.resources.requests);
    }
    set_legacy_defaults(v);
}

} // namespace berth::kube::detail
