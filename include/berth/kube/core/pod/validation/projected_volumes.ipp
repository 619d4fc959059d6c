#pragma once

/// \file
/// The bodies of `berth/kube/core/pod/validation/projected_volumes.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/pod/validation/projected_volumes.hpp>
#include <berth/kube/meta/validation/signer_name.hpp>

#include <set>

namespace berth::kube::detail {

BERTH_DECL auto validate_source(secret_volume_source const& s, field_path const& at, field_errors& errors)
    -> void {
    if (s.secret_name.empty()) errors.required(at.child("secretName"));
    validate_file_mode(s.default_mode, at.child("defaultMode"), errors);
    validate_items(s.items, at.child("items"), errors);
}

BERTH_DECL auto validate_source(config_map_volume_source const& s, field_path const& at, field_errors& errors)
    -> void {
    if (s.name.empty()) errors.required(at.child("name"));
    validate_file_mode(s.default_mode, at.child("defaultMode"), errors);
    validate_items(s.items, at.child("items"), errors);
}

inline auto validate_file(downward_api_volume_file const& f, field_path const& at, field_errors& errors)
    -> void {
    if (f.path.empty()) errors.required(at.child("path"));
    validate_unreserved_path(f.path, at.child("path"), errors);
    if (f.field_ref) {
        validate_field_selector(*f.field_ref, volume_fields, at.child("fieldRef"), errors);
        if (f.resource_field_ref)
            errors.invalid(at, "resource",
                           "fieldRef and resourceFieldRef can not be specified simultaneously");
    } else if (f.resource_field_ref) {
        validate_resource_selector(*f.resource_field_ref, true, at.child("resourceFieldRef"), errors);
    } else {
        errors.required(at, "one of fieldRef and resourceFieldRef is required");
    }
    validate_file_mode(f.mode, at.child("mode"), errors);
}

BERTH_DECL auto validate_source(downward_api_volume_source const& s, field_path const& at,
                                field_errors& errors) -> void {
    validate_file_mode(s.default_mode, at.child("defaultMode"), errors);
    for (auto const& f : s.items) validate_file(f, at, errors);
}

/// The paths of a projected volume, each to be taken once.
struct projected_paths {
    field_path const& volume;
    field_errors& errors;
    std::set<std::string_view> taken{};

    /// `shown`: what the refusal shows.
    auto take(std::string_view path, std::string_view shown) -> void {
        if (path.empty()) return;
        if (!taken.insert(path).second) errors.invalid(volume, shown, "conflicting duplicate paths");
    }
};

inline auto validate_projection(secret_projection const& s, projected_paths& paths, field_path const& at)
    -> void {
    if (s.name.empty()) paths.errors.required(at.child("name"));
    validate_items(s.items, at.child("items"), paths.errors);
    for (auto const& item : s.items) paths.take(item.path, s.name);
}

inline auto validate_projection(config_map_projection const& s, projected_paths& paths, field_path const& at)
    -> void {
    if (s.name.empty()) paths.errors.required(at.child("name"));
    validate_items(s.items, at.child("items"), paths.errors);
    for (auto const& item : s.items) paths.take(item.path, s.name);
}

inline auto validate_projection(downward_api_projection const& s, projected_paths& paths,
                                field_path const& at) -> void {
    for (auto const& f : s.items) {
        validate_file(f, at, paths.errors);
        paths.take(f.path, f.path);
    }
}

inline auto validate_projection(service_account_token_projection const& s, projected_paths& paths,
                                field_path const& at) -> void {
    auto const seconds = s.expiration_seconds.value_or(0);
    auto const field = at.child("expirationSeconds");
    if (seconds < 600)
        paths.errors.invalid(field, seconds, "may not specify a duration less than 10 minutes");
    if (seconds > std::int64_t{1} << 32)
        paths.errors.invalid(field, seconds, "may not specify a duration larger than 2^32 seconds");
    if (s.path.empty()) paths.errors.required(paths.volume.child("path"));
    else validate_unreserved_path(s.path, paths.volume.child("path"), paths.errors);
}

inline auto validate_projection(cluster_trust_bundle_projection const& s, projected_paths& paths,
                                field_path const& at) -> void {
    auto& errors = paths.errors;
    if (s.name && s.signer_name) {
        errors.invalid(at, shown_value::json(s), "only one of name and signerName may be used");
    } else if (s.name) {
        if (s.name->empty()) errors.required(at.child("name"), "must be a valid object name");
        for (auto const& why :
             name_problems(name_rule::dns1123_subdomain, s.name->substr(s.name->rfind(':') + 1)))
            errors.invalid(at.child("name"), *s.name, "not a valid clustertrustbundlename: " + why);
        if (s.label_selector)
            errors.invalid(at.child("labelSelector"), shown_value::json(*s.label_selector),
                           "labelSelector must be unset if name is specified");
    } else if (s.signer_name) {
        if (s.signer_name->empty()) errors.required(at.child("signerName"), "must be a valid signer name");
        validate_signer_name(*s.signer_name, at.child("signerName"), errors);
        validate_label_selector(s.label_selector, at.child("labelSelector"), errors);
    } else {
        errors.required(at, "either name or signerName must be specified");
    }
    if (s.path.empty()) errors.required(at.child("path"));
    validate_unreserved_path(s.path, at.child("path"), errors);
    paths.take(s.path, s.path);
}

inline auto validate_projection(pod_certificate_projection const& s, projected_paths& paths,
                                field_path const& at) -> void {
    auto& errors = paths.errors;
    validate_signer_name(s.signer_name, at.child("signerName"), errors);
    check_allowed(s, &pod_certificate_projection::key_type, at, errors);
    if (s.max_expiration_seconds && *s.max_expiration_seconds < 3600)
        errors.invalid(at.child("maxExpirationSeconds"), *s.max_expiration_seconds,
                       "if provided, maxExpirationSeconds must be >= 3600");
    if (s.credential_bundle_path.empty() && s.key_path.empty() && s.certificate_chain_path.empty())
        errors.required(at,
                        "specify at least one of credentialBundlePath, keyPath, and certificateChainPath");
    for (auto const& [name, path] :
         {std::pair{"credentialBundlePath", &s.credential_bundle_path}, std::pair{"keyPath", &s.key_path},
          std::pair{"certificateChainPath", &s.certificate_chain_path}}) {
        if (path->empty()) continue;
        validate_unreserved_path(*path, at.child(name), errors);
        paths.take(*path, *path);
    }
}

BERTH_DECL auto validate_source(projected_volume_source const& s, field_path const& at, field_errors& errors)
    -> void {
    validate_file_mode(s.default_mode, at.child("defaultMode"), errors);
    auto paths = projected_paths{at, errors, {}};
    auto const sources = at.child("sources");
    for (std::size_t i = 0; i < s.sources.size(); ++i) {
        auto const& source = s.sources[i];
        auto const one = sources.index(i);
        auto n = 0;
        auto const check = [&](auto const& projection, std::string_view name) {
            if (!projection) return;
            ++n;
            validate_projection(*projection, paths, one.child(name));
        };
        check(source.secret, "secret");
        check(source.config_map, "configMap");
        check(source.downward_api, "downwardAPI");
        check(source.service_account_token, "serviceAccountToken");
        check(source.cluster_trust_bundle, "clusterTrustBundle");
        check(source.pod_certificate, "podCertificate");
        if (n > 1) errors.forbidden(one, "may not specify more than 1 volume type per source");
    }
}

} // namespace berth::kube::detail
