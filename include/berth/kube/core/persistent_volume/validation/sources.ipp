#pragma once

/// \file
/// The bodies of `berth/kube/core/persistent_volume/validation/sources.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/persistent_volume/validation/sources.hpp>
#include <berth/kube/core/pod/validation/diff.hpp>
#include <berth/kube/core/pod/validation/legacy_volumes.hpp>
#include <berth/kube/core/pod/validation/volumes.hpp>
#include <berth/kube/meta/validation/paths.hpp>

namespace berth::kube::detail {

/// A secret of any namespace.
inline auto validate_secret_reference(object::boxed<secret_reference> const& r, field_path const& at,
                                      field_errors& errors) -> void {
    if (!r) return;
    if (r->name.empty()) errors.required(at.child("name"));
    if (r->namespace_.empty()) errors.required(at.child("namespace"));
}

inline auto validate_source(local_volume_source const& s, field_path const& at, field_errors& errors)
    -> void {
    if (s.path.empty()) return errors.required(at.child("path"));
    validate_no_backsteps(s.path, at.child("path"), errors);
}

inline auto validate_source(csi_persistent_volume_source const& s, field_path const& at, field_errors& errors)
    -> void {
    auto const driver = at.child("driver");
    require_text(s.driver, driver, errors);
    if (s.driver.size() > 63) errors.too_long(driver, 63);
    errors.invalid_all(driver, s.driver, object::dns1123_subdomain_problems(lower_case(s.driver)));
    require_text(s.volume_handle, at.child("volumeHandle"), errors);
    validate_secret_reference(s.controller_publish_secret_ref, at.child("controllerPublishSecretRef"),
                              errors);
    validate_secret_reference(s.controller_expand_secret_ref, at.child("controllerExpandSecretRef"), errors);
    validate_secret_reference(s.node_publish_secret_ref, at.child("nodePublishSecretRef"), errors);
    validate_secret_reference(s.node_expand_secret_ref, at.child("nodeExpandSecretRef"), errors);
}

inline auto validate_source(glusterfs_persistent_volume_source const& s, field_path const& at,
                            field_errors& errors) -> void {
    require_text(s.endpoints, at.child("endpoints"), errors);
    require_text(s.path, at.child("path"), errors);
}

inline auto validate_source(rbd_persistent_volume_source const& s, field_path const& at, field_errors& errors)
    -> void {
    if (s.monitors.empty()) errors.required(at.child("monitors"));
    require_text(s.image, at.child("image"), errors);
}

inline auto validate_source(iscsi_persistent_volume_source const& s, field_path const& at,
                            field_errors& errors) -> void {
    require_text(s.target_portal, at.child("targetPortal"), errors);
    require_text(s.iqn, at.child("iqn"), errors);
}

inline auto validate_source(cinder_persistent_volume_source const& s, field_path const& at,
                            field_errors& errors) -> void {
    require_text(s.volume_id, at.child("volumeID"), errors);
    validate_secret_reference(s.secret_ref, at.child("secretRef"), errors);
}

inline auto validate_source(ceph_fs_persistent_volume_source const& s, field_path const& at,
                            field_errors& errors) -> void {
    if (s.monitors.empty()) errors.required(at.child("monitors"));
}

inline auto validate_source(flex_persistent_volume_source const& s, field_path const& at,
                            field_errors& errors) -> void {
    require_text(s.driver, at.child("driver"), errors);
}

inline auto validate_source(azure_file_persistent_volume_source const& s, field_path const& at,
                            field_errors& errors) -> void {
    require_text(s.secret_name, at.child("secretName"), errors);
    require_text(s.share_name, at.child("shareName"), errors);
}

inline auto validate_source(scale_io_persistent_volume_source const& s, field_path const& at,
                            field_errors& errors) -> void {
    require_text(s.gateway, at.child("gateway"), errors);
    require_text(s.system, at.child("system"), errors);
    require_text(s.volume_name, at.child("volumeName"), errors);
}

inline auto validate_source(storage_os_persistent_volume_source const& s, field_path const& at,
                            field_errors& errors) -> void {
    require_text(s.volume_name, at.child("volumeName"), errors);
}

/// Counts the sources of a volume. Only the first that is there is looked into.
class volume_sources {
public:
    volume_sources(field_path const& at, field_errors& errors) : at_(at), errors_(errors) {}

    template <class Source> auto look(object::boxed<Source> const& s, std::string_view name)
        -> volume_sources& {
        if (!s) return *this;
        if (count_++ != 0) errors_.forbidden(at_.child(name), "may not specify more than 1 volume type");
        else validate_source(*s, at_.child(name), errors_);
        return *this;
    }
    [[nodiscard]] auto count() const -> int { return count_; }

private:
    field_path const& at_;
    field_errors& errors_;
    int count_ = 0;
};

BERTH_DECL auto validate_volume_source(persistent_volume_spec const& s, field_path const& at,
                                       field_errors& errors) -> void {
    auto sources = volume_sources(at, errors);
    sources.look(s.host_path, "hostPath")
        .look(s.gce_persistent_disk, "gcePersistentDisk")
        .look(s.aws_elastic_block_store, "awsElasticBlockStore")
        .look(s.glusterfs, "glusterfs")
        .look(s.flocker, "flocker")
        .look(s.nfs, "nfs")
        .look(s.rbd, "rbd")
        .look(s.quobyte, "quobyte")
        .look(s.cephfs, "cephfs")
        .look(s.iscsi, "iscsi")
        .look(s.cinder, "cinder")
        .look(s.fc, "fc")
        .look(s.flex_volume, "flexVolume")
        .look(s.azure_file, "azureFile")
        .look(s.vsphere_volume, "vsphereVolume")
        .look(s.azure_disk, "azureDisk")
        .look(s.photon_persistent_disk, "photonPersistentDisk")
        .look(s.portworx_volume, "portworxVolume")
        .look(s.scale_io, "scaleIO")
        .look(s.local, "local")
        .look(s.storageos, "storageos")
        .look(s.csi, "csi");
    if (sources.count() == 0) errors.required(at, "must specify a volume type");
}

/// The sources as JSON of the server's internal type, in the order that they have there.
inline auto source_json(persistent_volume_spec const& s) -> std::string {
    constexpr std::string_view order[] = {"gcePersistentDisk",
                                          "awsElasticBlockStore",
                                          "hostPath",
                                          "glusterfs",
                                          "nfs",
                                          "rbd",
                                          "quobyte",
                                          "iscsi",
                                          "flexVolume",
                                          "cinder",
                                          "cephfs",
                                          "fc",
                                          "flocker",
                                          "azureFile",
                                          "vsphereVolume",
                                          "azureDisk",
                                          "photonPersistentDisk",
                                          "portworxVolume",
                                          "scaleIO",
                                          "local",
                                          "storageos",
                                          "csi"};
    auto const& type = object::type_of<persistent_volume_spec>();
    auto out = std::string();
    for (auto const name : order) {
        auto const& f = *type.field(name);
        (((out += out.empty() ? "{\"" : ",\"") += internal_name(name)) += "\":");
        append_internal(out, f.type(), f.in(&s));
    }
    return out += '}';
}

BERTH_DECL auto source_difference(persistent_volume_spec const& before, persistent_volume_spec const& now)
    -> std::string {
    auto const was = source_json(before);
    auto const is = source_json(now);
    return was == is ? std::string() : unified(json_lines(was), json_lines(is));
}

} // namespace berth::kube::detail
