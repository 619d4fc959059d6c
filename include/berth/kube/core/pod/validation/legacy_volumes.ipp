#pragma once

/// \file
/// The bodies of `berth/kube/core/pod/validation/legacy_volumes.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/pod/validation/legacy_volumes.hpp>

namespace berth::kube::detail {

/// `f`: which partition. (0 is none, and so may be.)
inline auto validate_partition(object::field_info const& f, std::int32_t partition, field_path const& at,
                               field_errors& errors) -> void {
    if (!object::is_in_bounds(f, partition))
        errors.invalid(at.child(f.name), partition,
                       "must be between 1 and " + std::to_string(f.details->maximum) + ", inclusive");
}

template <class Source> auto require_secret_name(Source const& s, field_path const& at, field_errors& errors)
    -> void {
    auto const secret = at.child("secretRef");
    if (s.secret_ref) require_text(s.secret_ref->name, secret.child("name"), errors);
}

BERTH_DECL auto validate_source(gce_persistent_disk_volume_source const& s, field_path const& at,
                                field_errors& errors) -> void {
    require_text(s.pd_name, at.child("pdName"), errors);
    validate_partition(object::field_of(&gce_persistent_disk_volume_source::partition), s.partition, at,
                       errors);
}

BERTH_DECL auto validate_source(aws_elastic_block_store_volume_source const& s, field_path const& at,
                                field_errors& errors) -> void {
    require_text(s.volume_id, at.child("volumeID"), errors);
    validate_partition(object::field_of(&aws_elastic_block_store_volume_source::partition), s.partition, at,
                       errors);
}

BERTH_DECL auto validate_source(flocker_volume_source const& s, field_path const& at, field_errors& errors)
    -> void {
    if (s.dataset_name.empty() && s.dataset_uuid.empty())
        errors.required(at, "one of datasetName and datasetUUID is required");
    if (!s.dataset_name.empty() && !s.dataset_uuid.empty())
        errors.invalid(at, "resource", "datasetName and datasetUUID can not be specified simultaneously");
    if (s.dataset_name.find('/') != std::string::npos)
        errors.invalid(at.child("datasetName"), s.dataset_name, "must not contain '/'");
}

BERTH_DECL auto validate_source(cinder_volume_source const& s, field_path const& at, field_errors& errors)
    -> void {
    require_text(s.volume_id, at.child("volumeID"), errors);
    require_secret_name(s, at, errors);
}

/// Whether a text is `host:port`; the host may be an address in brackets.
inline auto is_host_and_port(std::string_view text) -> bool {
    auto const colon = text.rfind(':');
    if (colon == std::string_view::npos) return false;
    auto const host = text.substr(0, colon);
    if (!host.empty() && host.front() == '[') return host.back() == ']';
    return host.find_first_of(":[]") == std::string_view::npos;
}

inline auto validate_registry(std::string_view registry, field_path const& at, field_errors& errors) -> void {
    for (auto rest = registry;;) {
        auto const comma = rest.find(',');
        if (!is_host_and_port(rest.substr(0, comma)))
            errors.invalid(at, registry, "must be a host:port pair or multiple pairs separated by commas");
        if (comma == std::string_view::npos) return;
        rest.remove_prefix(comma + 1);
    }
}

BERTH_DECL auto validate_source(quobyte_volume_source const& s, field_path const& at, field_errors& errors)
    -> void {
    if (s.registry.empty())
        errors.required(at.child("registry"),
                        "must be a host:port pair or multiple pairs separated by commas");
    else if (s.tenant.size() >= 65)
        errors.required(at.child("tenant"), "must be a UUID and may not exceed a length of 64 characters");
    else validate_registry(s.registry, at.child("registry"), errors);
    require_text(s.volume, at.child("volume"), errors);
}

BERTH_DECL auto validate_source(flex_volume_source const& s, field_path const& at, field_errors& errors)
    -> void {
    require_text(s.driver, at.child("driver"), errors);
    auto const options = at.child("options");
    auto const ends_with = [](std::string const& text, std::string_view end) {
        return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
    };
    for (auto const& [key, value] : s.options) {
        auto const prefix = "." + lower_case(std::string_view(key).substr(0, key.find('/')));
        if (ends_with(prefix, ".kubernetes.io") || ends_with(prefix, ".k8s.io"))
            errors.invalid(options.key(key), key, "kubernetes.io and k8s.io namespaces are reserved");
    }
}

BERTH_DECL auto validate_source(azure_disk_volume_source const& s, field_path const& at, field_errors& errors)
    -> void {
    require_text(s.disk_name, at.child("diskName"), errors);
    require_text(s.disk_uri, at.child("diskURI"), errors);
    check_allowed(s, &azure_disk_volume_source::caching_mode, at, errors);
    if (!s.kind) return;
    check_allowed(s, &azure_disk_volume_source::kind, at, errors);
    auto const uri = at.child("diskURI");
    if (*s.kind == "Managed" && !starts_with(s.disk_uri, "/subscriptions/"))
        errors.not_supported(
            uri, s.disk_uri,
            {"/subscriptions/{sub-id}/resourcegroups/{group-name}/providers/microsoft.compute/"
             "disks/{disk-id}"});
    if (*s.kind != "Managed" && !starts_with(s.disk_uri, "https://"))
        errors.not_supported(
            uri, s.disk_uri,
            {"https://{account-name}.blob.core.windows.net/{container-name}/{disk-name}.vhd"});
}

BERTH_DECL auto validate_source(storage_os_volume_source const& s, field_path const& at, field_errors& errors)
    -> void {
    if (s.volume_name.empty()) errors.required(at.child("volumeName"));
    else validate_name(name_rule::dns1123_label, s.volume_name, at.child("volumeName"), errors);
    if (!s.volume_namespace.empty())
        validate_name(name_rule::dns1123_label, s.volume_namespace, at.child("volumeNamespace"), errors);
    require_secret_name(s, at, errors);
}

BERTH_DECL auto validate_source(scale_io_volume_source const& s, field_path const& at, field_errors& errors)
    -> void {
    require_text(s.gateway, at.child("gateway"), errors);
    require_text(s.system, at.child("system"), errors);
    require_text(s.volume_name, at.child("volumeName"), errors);
}

} // namespace berth::kube::detail
