#pragma once

/// \file
/// The tables of `berth/kube/core/persistent_volume/validation/source.hpp`.

#include <berth/kube/core/persistent_volume/validation/source.hpp>
#include <berth/kube/meta/validation/paths.hpp>
#include <berth/object/field_of.hpp>

namespace berth::kube::detail {

/// A secret of any namespace.
inline auto validate_secret(object::boxed<secret_reference> const& s, field_path const& at,
                            field_errors& errors) -> void {
    if (!s) return;
    auto const check = [&](std::string const& text, std::string_view field, name_rule rule) {
        if (text.empty()) errors.required(at.child(field));
        else validate_name(rule, text, at.child(field), errors);
    };
    check(s->name, "name", name_rule::dns1123_subdomain);
    check(s->namespace_, "namespace", name_rule::dns1123_label);
}

/// A reference to a secret that names it and its namespace.
template <class Reference>
auto require_secret(object::boxed<Reference> const& s, field_path const& at, field_errors& errors) -> void {
    if (!s) return;
    require_text(s->name, at.child("name"), errors);
    require_text(s->namespace_, at.child("namespace"), errors);
}

inline auto validate_source(csi_persistent_volume_source const& s, field_path const& at, field_errors& errors)
    -> void {
    validate_driver_name(s.driver, at.child("driver"), errors);
    require_text(s.volume_handle, at.child("volumeHandle"), errors);
    validate_secret(s.controller_publish_secret_ref, at.child("controllerPublishSecretRef"), errors);
    validate_secret(s.controller_expand_secret_ref, at.child("controllerExpandSecretRef"), errors);
    validate_secret(s.node_publish_secret_ref, at.child("nodePublishSecretRef"), errors);
    validate_secret(s.node_stage_secret_ref, at.child("nodeStageSecretRef"), errors);
    validate_secret(s.node_expand_secret_ref, at.child("nodeExpandSecretRef"), errors);
}

inline auto validate_source(iscsi_persistent_volume_source const& s, field_path const& at,
                            field_errors& errors) -> void {
    auto of_pods = iscsi_volume_source();
    of_pods.target_portal = s.target_portal;
    of_pods.iqn = s.iqn;
    of_pods.lun = s.lun;
    of_pods.chap_auth_discovery = s.chap_auth_discovery;
    of_pods.chap_auth_session = s.chap_auth_session;
    of_pods.initiator_name = s.initiator_name;
    if (s.secret_ref) of_pods.secret_ref.engage().name = s.secret_ref->name;
    validate_source(of_pods, at, errors);
    auto const secret = at.child("secretRef");
    if (s.secret_ref) require_text(s.secret_ref->name, secret.child("name"), errors);
}

inline auto validate_source(glusterfs_persistent_volume_source const& s, field_path const& at,
                            field_errors& errors) -> void {
    require_text(s.endpoints, at.child("endpoints"), errors);
    require_text(s.path, at.child("path"), errors);
    if (!s.endpoints_namespace) return;
    auto const field = at.child("endpointsNamespace");
    if (s.endpoints_namespace->empty())
        errors.invalid(field, *s.endpoints_namespace,
                       "if the endpointnamespace is set, it must be a valid namespace name");
    validate_name(name_rule::dns1123_label, *s.endpoints_namespace, field, errors);
}

inline auto validate_source(rbd_persistent_volume_source const& s, field_path const& at, field_errors& errors)
    -> void {
    if (s.monitors.empty()) errors.required(at.child("monitors"));
    require_text(s.image, at.child("image"), errors);
}

inline auto validate_source(ceph_fs_persistent_volume_source const& s, field_path const& at,
                            field_errors& errors) -> void {
    if (s.monitors.empty()) errors.required(at.child("monitors"));
}

inline auto validate_source(cinder_persistent_volume_source const& s, field_path const& at,
                            field_errors& errors) -> void {
    require_text(s.volume_id, at.child("volumeID"), errors);
    require_secret(s.secret_ref, at.child("secretRef"), errors);
}

inline auto validate_source(flex_persistent_volume_source const& s, field_path const& at,
                            field_errors& errors) -> void {
    auto of_pods = flex_volume_source();
    of_pods.driver = s.driver;
    of_pods.options = s.options;
    validate_source(of_pods, at, errors);
}

inline auto validate_source(azure_file_persistent_volume_source const& s, field_path const& at,
                            field_errors& errors) -> void {
    require_text(s.secret_name, at.child("secretName"), errors);
    require_text(s.share_name, at.child("shareName"), errors);
    if (s.secret_namespace) require_text(*s.secret_namespace, at.child("secretNamespace"), errors);
}

inline auto validate_source(scale_io_persistent_volume_source const& s, field_path const& at,
                            field_errors& errors) -> void {
    require_text(s.gateway, at.child("gateway"), errors);
    require_text(s.system, at.child("system"), errors);
    require_text(s.volume_name, at.child("volumeName"), errors);
}

inline auto validate_source(storage_os_persistent_volume_source const& s, field_path const& at,
                            field_errors& errors) -> void {
    if (s.volume_name.empty()) errors.required(at.child("volumeName"));
    else validate_name(name_rule::dns1123_label, s.volume_name, at.child("volumeName"), errors);
    if (!s.volume_namespace.empty())
        validate_name(name_rule::dns1123_label, s.volume_namespace, at.child("volumeNamespace"), errors);
    require_secret(s.secret_ref, at.child("secretRef"), errors);
}

inline auto validate_source(local_volume_source const& s, field_path const& at, field_errors& errors)
    -> void {
    auto const path = at.child("path");
    if (s.path.empty()) return errors.required(path);
    validate_no_backsteps(s.path, path, errors);
}

/// Looks at all members that may say where a volume is. Only the first that does is checked.
class place_check {
public:
    place_check(persistent_volume_spec const& s, field_path const& at, field_errors& errors)
        : spec_(s), at_(at), errors_(errors) {}

    template <class Source> auto look(object::boxed<Source> persistent_volume_spec::* member) -> void {
        auto const& source = spec_.*member;
        if (!source) return;
        auto const field = at_.child(object::field_of(member).name);
        if (found_) return errors_.forbidden(field, "may not specify more than 1 volume type");
        found_ = true;
        validate_source(*source, field, errors_);
    }
    auto finish() const -> void {
        if (!found_) errors_.required(at_, "must specify a volume type");
    }

private:
    persistent_volume_spec const& spec_;
    field_path const& at_;
    field_errors& errors_;
    bool found_ = false;
};

BERTH_DECL auto validate_volume_place(persistent_volume_spec const& s, field_path const& at,
                                      field_errors& errors) -> void {
    using spec = persistent_volume_spec;
    auto check = place_check(s, at, errors);
    check.look(&spec::host_path);
    check.look(&spec::gce_persistent_disk);
    check.look(&spec::aws_elastic_block_store);
    check.look(&spec::glusterfs);
    check.look(&spec::flocker);
    check.look(&spec::nfs);
    check.look(&spec::rbd);
    check.look(&spec::quobyte);
    check.look(&spec::cephfs);
    check.look(&spec::iscsi);
    check.look(&spec::cinder);
    check.look(&spec::fc);
    check.look(&spec::flex_volume);
    check.look(&spec::azure_file);
    check.look(&spec::vsphere_volume);
    check.look(&spec::photon_persistent_disk);
    check.look(&spec::portworx_volume);
    check.look(&spec::azure_disk);
    check.look(&spec::scale_io);
    check.look(&spec::local);
    if (s.local && !s.node_affinity)
        errors.required(at.child("nodeAffinity"), "Local volume requires node affinity");
    check.look(&spec::storageos);
    check.look(&spec::csi);
    check.finish();
}

BERTH_DECL auto volume_sources() -> std::vector<object::field_info const*> {
    using spec = persistent_volume_spec;
    return {&object::field_of(&spec::gce_persistent_disk),
            &object::field_of(&spec::aws_elastic_block_store),
            &object::field_of(&spec::host_path),
            &object::field_of(&spec::glusterfs),
            &object::field_of(&spec::nfs),
            &object::field_of(&spec::rbd),
            &object::field_of(&spec::quobyte),
            &object::field_of(&spec::iscsi),
            &object::field_of(&spec::flex_volume),
            &object::field_of(&spec::cinder),
            &object::field_of(&spec::cephfs),
            &object::field_of(&spec::fc),
            &object::field_of(&spec::flocker),
            &object::field_of(&spec::azure_file),
            &object::field_of(&spec::vsphere_volume),
            &object::field_of(&spec::azure_disk),
            &object::field_of(&spec::photon_persistent_disk),
            &object::field_of(&spec::portworx_volume),
            &object::field_of(&spec::scale_io),
            &object::field_of(&spec::local),
            &object::field_of(&spec::storageos),
            &object::field_of(&spec::csi)};
}

} // namespace berth::kube::detail
