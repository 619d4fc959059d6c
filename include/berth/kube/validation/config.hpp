#pragma once

/// \file
/// Checks of config maps, secrets, service accounts and namespaces (Kubernetes 1.36,
/// `pkg/apis/core/validation`).

#include <berth/kube/types/config_map.hpp>
#include <berth/kube/types/namespace.hpp>
#include <berth/kube/types/secret.hpp>
#include <berth/kube/types/service_account.hpp>
#include <berth/kube/validation/object_meta.hpp>

namespace berth::kube {

namespace detail {

/// The most bytes that a config map or secret may hold.
inline constexpr std::size_t config_size_limit = 1024 * 1024;

inline auto validate_config_key(std::string_view key, field_path const& at, field_errors& errors) -> void {
    if (!object::is_config_key(key)) errors.invalid_all(at.key(key), key, object::config_key_problems(key));
}

/// Checks that what is immutable stays as it is.
inline auto validate_immutable(bool fixed, bool still_fixed, bool same, std::string_view field,
                               field_errors& errors) -> void {
    constexpr auto why = "field is immutable when `immutable` is set";
    if (!fixed) return;
    if (field == "immutable" ? !still_fixed : !same) errors.forbidden(field_path(field), why);
}

/// Whether a secret has a key; a refusal if not.
inline auto require_key(secret const& s, std::string_view key, field_errors& errors) -> bool {
    if (s.data.contains(key)) return true;
    auto const data = field_path("data");
    errors.required(data.key(key));
    return false;
}

} // namespace detail

/// Checks a config map that is to be created.
inline auto validate(config_map const& c, api::field_errors& errors) -> void {
    validate_object_meta(c.metadata, {}, errors);
    auto const data = api::field_path("data");
    auto const binary = api::field_path("binaryData");
    auto size = std::size_t{0};
    for (auto const& [key, value] : c.data) {
        detail::validate_config_key(key, data, errors);
        if (c.binary_data.contains(key))
            errors.invalid(data.key(key), key, "duplicate of key present in binaryData");
        size += value.size();
    }
    for (auto const& [key, value] : c.binary_data) {
        detail::validate_config_key(key, binary, errors);
        size += value.data.size();
    }
    if (size > detail::config_size_limit)
        errors.too_long(api::field_path(""), static_cast<std::int64_t>(detail::config_size_limit));
}

/// Checks a change of a config map.
inline auto validate_update(config_map const& now, config_map const& before, api::field_errors& errors)
    -> void {
    validate_any_update(now.metadata, before.metadata, true, errors);
    validate_object_meta_update(now.metadata, before.metadata, errors);
    auto const fixed = before.immutable.value_or(false);
    auto const still = now.immutable.value_or(false);
    detail::validate_immutable(fixed, still, true, "immutable", errors);
    detail::validate_immutable(fixed, still, now.data == before.data, "data", errors);
    detail::validate_immutable(fixed, still, now.binary_data == before.binary_data, "binaryData", errors);
    validate(now, errors);
}

/// Checks a secret that is to be created. That credentials of registries are JSON is left to those who read
/// them.
inline auto validate(secret const& s, api::field_errors& errors) -> void {
    validate_object_meta(s.metadata, {}, errors);
    auto const data = api::field_path("data");
    auto size = std::size_t{0};
    for (auto const& [key, value] : s.data) {
        detail::validate_config_key(key, data, errors);
        size += value.data.size();
    }
    if (size > detail::config_size_limit)
        errors.too_long(data, static_cast<std::int64_t>(detail::config_size_limit));
    constexpr auto account = "kubernetes.io/service-account.name";
    if (s.type == "kubernetes.io/service-account-token") {
        auto const annotations = metadata_path.child("annotations");
        if (s.metadata.annotations.get(account).empty()) errors.required(annotations.key(account));
    } else if (s.type == "kubernetes.io/dockercfg") {
        detail::require_key(s, ".dockercfg", errors);
    } else if (s.type == "kubernetes.io/dockerconfigjson") {
        detail::require_key(s, ".dockerconfigjson", errors);
    } else if (s.type == "kubernetes.io/basic-auth") {
        if (s.data.contains("username") || s.data.contains("password")) return;
        detail::require_key(s, "username", errors);
        detail::require_key(s, "password", errors);
    } else if (s.type == "kubernetes.io/ssh-auth") {
        if (s.data.get("ssh-privatekey").data.empty()) errors.required(data.key("ssh-privatekey"));
    } else if (s.type == "kubernetes.io/tls") {
        detail::require_key(s, "tls.crt", errors);
        detail::require_key(s, "tls.key", errors);
    }
}

/// Checks a change of a secret.
inline auto validate_update(secret const& now, secret const& before, api::field_errors& errors) -> void {
    validate_any_update(now.metadata, before.metadata, true, errors);
    validate_object_meta_update(now.metadata, before.metadata, errors);
    if (now.type != before.type) errors.invalid(api::field_path("type"), now.type, detail::immutable);
    auto const fixed = before.immutable.value_or(false);
    detail::validate_immutable(fixed, now.immutable.value_or(false), true, "immutable", errors);
    detail::validate_immutable(fixed, true, now.data == before.data, "data", errors);
    validate(now, errors);
}

/// Checks a service account that is to be created.
inline auto validate(service_account const& s, api::field_errors& errors) -> void {
    validate_object_meta(s.metadata, {}, errors);
}

/// Checks a change of a service account.
inline auto validate_update(service_account const& now, service_account const& before,
                            api::field_errors& errors) -> void {
    validate_any_update(now.metadata, before.metadata, true, errors);
    validate_object_meta_update(now.metadata, before.metadata, errors);
    validate(now, errors);
}

/// Checks a namespace that is to be created.
inline auto validate(namespace_ const& n, api::field_errors& errors) -> void {
    validate_object_meta(n.metadata, {.namespaced = false, .name = name_rule::dns1123_label}, errors);
    auto const spec = api::field_path("spec");
    auto const finalizers = spec.child("finalizers");
    for (auto const& name : n.spec.finalizers) {
        detail::validate_finalizer_name(name, finalizers, errors);
        detail::validate_known_finalizer(name, finalizers, errors);
    }
}

/// Checks a change of a namespace.
inline auto validate_update(namespace_ const& now, namespace_ const& before, api::field_errors& errors)
    -> void {
    validate_any_update(now.metadata, before.metadata, false, errors);
    validate_object_meta_update(now.metadata, before.metadata, errors);
}

/// Checks a change of a namespace's status: it is going away exactly if it is being deleted.
inline auto validate_status(namespace_ const& now, namespace_ const& before, api::field_errors& errors)
    -> void {
    validate_update(now, before, errors);
    auto const status = api::field_path("status");
    auto const phase = status.child("Phase");
    if (!now.metadata.deleting() && now.status.phase != "Active")
        errors.invalid(phase, now.status.phase, "may only be 'Active' if `deletionTimestamp` is empty");
    if (now.metadata.deleting() && now.status.phase != "Terminating")
        errors.invalid(phase, now.status.phase,
                       "may only be 'Terminating' if `deletionTimestamp` is not empty");
}

} // namespace berth::kube
