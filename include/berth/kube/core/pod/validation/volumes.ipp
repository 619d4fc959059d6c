#pragma once

/// \file
/// The bodies of `berth/kube/core/pod/validation/volumes.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/pod/validation/volumes.hpp>

#include <set>

namespace berth::kube::detail {

BERTH_DECL auto validate_source(host_path_volume_source const& s, field_path const& at, field_errors& errors)
    -> void {
    if (s.path.empty()) return errors.required(at.child("path"));
    validate_no_backsteps(s.path, at.child("path"), errors);
    check_allowed(s, &host_path_volume_source::type, at, errors);
}

BERTH_DECL auto validate_source(nfs_volume_source const& s, field_path const& at, field_errors& errors)
    -> void {
    require_text(s.server, at.child("server"), errors);
    require_text(s.path, at.child("path"), errors);
    if (!starts_with(s.path, "/")) errors.invalid(at.child("path"), s.path, "must be an absolute path");
}

/// `iqn.2001-04.com.example:disk1`, or an identifier of a fixed length after `eui.` or `naa.`.
inline auto is_iscsi_name(std::string_view name) -> bool {
    auto const is_digit = [](char c) { return c >= '0' && c <= '9'; };
    auto const rest = name.size() > 4 ? name.substr(4) : std::string_view();
    if (starts_with(name, "eui") || starts_with(name, "naa")) {
        auto const wanted = name.front() == 'e' ? std::size_t{16} : std::size_t{32};
        return rest.size() == wanted && object::detail::all_are(rest, object::detail::is_alphanumeric);
    }
    if (rest.size() < 8 || name[3] != '.' || rest[4] != '-' || rest[7] != '.') return false;
    for (auto const i : {0, 1, 2, 3, 5, 6})
        if (!is_digit(rest[static_cast<std::size_t>(i)])) return false;
    auto const colon = rest.find(':');
    if (colon == std::string_view::npos || colon <= 8 || colon + 1 == rest.size()) return false;
    auto const authority = rest.substr(8, colon - 8);
    auto const allowed = [](char c) { return object::detail::is_alphanumeric(c) || c == '-' || c == '.'; };
    return object::detail::all_are(authority, allowed) &&
           rest.substr(colon + 1).find_first_of(",;*&$| \t\r\n") == std::string_view::npos;
}

inline auto validate_iscsi_name(std::string_view name, field_path const& at, field_errors& errors) -> void {
    if (!starts_with(name, "iqn") && !starts_with(name, "eui") && !starts_with(name, "naa"))
        errors.invalid(at, name, "must be valid format starting with iqn, eui, or naa");
    else if (!is_iscsi_name(name)) errors.invalid(at, name, "must be valid format");
}

BERTH_DECL auto validate_source(iscsi_volume_source const& s, field_path const& at, field_errors& errors)
    -> void {
    require_text(s.target_portal, at.child("targetPortal"), errors);
    if (s.iqn.empty()) errors.required(at.child("iqn"));
    else validate_iscsi_name(s.iqn, at.child("iqn"), errors);
    check_bounds(s, &iscsi_volume_source::lun, at, errors);
    if ((s.chap_auth_discovery || s.chap_auth_session) && !s.secret_ref)
        errors.required(at.child("secretRef"));
    if (s.initiator_name) validate_iscsi_name(*s.initiator_name, at.child("initiatorname"), errors);
}

BERTH_DECL auto validate_source(fc_volume_source const& s, field_path const& at, field_errors& errors)
    -> void {
    auto const targets = at.child("targetWWNs");
    if (s.target_wwns.empty() && s.wwids.empty())
        errors.required(targets, "must specify either targetWWNs or wwids, but not both");
    if (s.target_wwns.empty()) return;
    if (!s.wwids.empty())
        errors.invalid(targets, shown_value::list(s.target_wwns),
                       "targetWWNs and wwids can not be specified simultaneously");
    if (!s.lun) errors.required(at.child("lun"), "lun is required if targetWWNs is specified");
    else check_bounds(s, &fc_volume_source::lun, at, errors);
}

BERTH_DECL auto validate_driver_name(std::string const& name, field_path const& at, field_errors& errors)
    -> void {
    require_text(name, at, errors);
    if (name.size() > 63) errors.too_long(at, 63);
    errors.invalid_all(at, name, object::dns1123_subdomain_problems(lower_case(name)));
}

BERTH_DECL auto validate_source(csi_volume_source const& s, field_path const& at, field_errors& errors)
    -> void {
    validate_driver_name(s.driver, at.child("driver"), errors);
    if (!s.node_publish_secret_ref) return;
    auto const& name = s.node_publish_secret_ref->name;
    auto const secret = at.child("nodePublishSecretRef");
    if (name.empty()) errors.required(secret.child("name"));
    else validate_name(name_rule::dns1123_subdomain, name, at.child("name"), errors);
}

BERTH_DECL auto validate_source(ephemeral_volume_source const& s, field_path const& at, field_errors& errors)
    -> void {
    if (!s.volume_claim_template) errors.required(at.child("volumeClaimTemplate"));
    else validate_claim_template(*s.volume_claim_template, at.child("volumeClaimTemplate"), errors);
}

BERTH_DECL auto validate_source(empty_dir_volume_source const& s, field_path const& at, field_errors& errors)
    -> void {
    if (s.size_limit && s.size_limit->sign() < 0)
        errors.forbidden(at.child("sizeLimit"), "SizeLimit field must be a valid resource quantity");
}

/// In a template the reference may still be missing.
inline auto validate_image(image_volume_source const& s, bool in_pod, field_path const& at,
                           field_errors& errors) -> void {
    if (in_pod) require_text(s.reference, at.child("reference"), errors);
    require_allowed(s, &image_volume_source::pull_policy, at, errors);
}

/// Exactly one of a volume's sources is to be set.
struct one_source {
    field_path const& volume;
    field_errors& errors;
    int n = 0;

    /// `name`: what a second source is refused under; `part`: where the first one's own mistakes are, if
    /// elsewhere.
    template <class Source> auto operator()(Source const& source, std::string_view name,
                                            std::string_view part = {}) -> void {
        if (!source) return;
        if (++n > 1) errors.forbidden(volume.child(name), "may not specify more than 1 volume type");
        else validate_source(*source, volume.child(part.empty() ? name : part), errors);
    }
};

inline auto validate_legacy_sources(volume const& v, one_source& check) -> void {
    check(v.azure_file, "azureFile");
    check(v.vsphere_volume, "vsphereVolume");
    check(v.photon_persistent_disk, "photonPersistentDisk");
    check(v.portworx_volume, "portworxVolume");
    check(v.azure_disk, "azureDisk");
    check(v.storageos, "storageos");
}

/// `pod_name`: empty in a template.
inline auto validate_claim_name(volume const& v, std::string const& pod_name, field_path const& at,
                                field_errors& errors) -> void {
    if (!v.ephemeral || pod_name.empty() || v.name.empty()) return;
    auto const claim = pod_name + "-" + v.name;
    for (auto const& why : name_problems(name_rule::dns1123_subdomain, claim))
        errors.invalid(at.child("name"), v.name, "PVC name " + object::detail::go_quoted(claim) + ": " + why);
}

inline auto validate_sources(volume const& v, std::string const& pod_name, bool in_pod, field_path const& at,
                             field_errors& errors) -> void {
    auto check = one_source{at, errors};
    check(v.empty_dir, "emptyDir");
    check(v.host_path, "hostPath");
    check(v.git_repo, "gitRepo");
    check(v.gce_persistent_disk, "gcePersistentDisk", "persistentDisk");
    check(v.aws_elastic_block_store, "awsElasticBlockStore");
    check(v.secret, "secret");
    check(v.nfs, "nfs");
    check(v.iscsi, "iscsi");
    if (v.iscsi && v.iscsi->initiator_name && v.name.size() + 1 + v.iscsi->target_portal.size() > 64)
        errors.invalid(at.child("name"), v.name,
                       "Total length of <volume name>:<iscsi.targetPortal> must be under 64 characters if "
                       "iscsi.initiatorName is specified.");
    check(v.glusterfs, "glusterfs");
    check(v.flocker, "flocker");
    check(v.persistent_volume_claim, "persistentVolumeClaim");
    check(v.rbd, "rbd");
    check(v.cinder, "cinder");
    check(v.cephfs, "cephFS", "cephfs");
    check(v.quobyte, "quobyte");
    check(v.downward_api, "downwarAPI", "downwardAPI");
    check(v.fc, "fc");
    check(v.flex_volume, "flexVolume");
    check(v.config_map, "configMap");
    validate_legacy_sources(v, check);
    check(v.projected, "projected");
    check(v.scale_io, "scaleIO");
    check(v.csi, "csi");
    check(v.ephemeral, "ephemeral");
    if (check.n == 1) validate_claim_name(v, pod_name, at, errors);
    if (v.image) {
        if (++check.n > 1) errors.forbidden(at.child("image"), "may not specify more than 1 volume type");
        else validate_image(*v.image, in_pod, at.child("image"), errors);
    }
    if (check.n == 0) errors.required(at, "must specify a volume type");
}

BERTH_DECL auto validate_volumes(object::list<volume> const& volumes, std::string const& pod_name,
                                 bool in_pod, field_path const& at, field_errors& errors) -> volume_list {
    auto right = volume_list();
    auto made = std::set<std::string>(); // the claims of ephemeral volumes
    for (auto const& v : volumes)
        if (v.ephemeral && !pod_name.empty()) made.insert(pod_name + "-" + v.name);
    for (std::size_t i = 0; i < volumes.size(); ++i) {
        auto const& v = volumes[i];
        auto const one = at.index(i);
        auto const before = errors.size();
        validate_sources(v, pod_name, in_pod, one, errors);
        if (v.name.empty()) errors.required(one.child("name"));
        else validate_name(name_rule::dns1123_label, v.name, one.child("name"), errors);
        if (right.contains(v.name)) errors.duplicate(one.child("name"), v.name);
        if (errors.size() == before) right.emplace(v.name, &v);
        if (!v.persistent_volume_claim || pod_name.empty()) continue;
        auto const& claim = v.persistent_volume_claim->claim_name;
        auto const claim_path = one.child("persistentVolumeClaim");
        if (made.contains(claim))
            errors.invalid(claim_path.child("claimName"), claim,
                           "must not reference a PVC that gets created for an ephemeral volume");
    }
    return right;
}

} // namespace berth::kube::detail
