#pragma once

/// \file
/// Checks of secrets (Kubernetes 1.36, `pkg/apis/core/validation`).

#include <berth/kube/core/secret/type.hpp>
#include <berth/kube/core/validation/config.hpp>

namespace berth::kube {

namespace detail {

/// Whether a secret has a key; a refusal if not.
inline auto require_key(secret const& s, std::string_view key, field_errors& errors) -> bool {
    if (s.data.contains(key)) return true;
    auto const data = field_path("data");
    errors.required(data.key(key));
    return false;
}

} // namespace detail

/// Checks a secret that is to be created. That credentials of registries are JSON is left to those who read
/// them.
inline auto validate(secret const& s, api::field_errors& errors) -> void {
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
    if (now.type != before.type) errors.invalid(api::field_path("type"), now.type, detail::immutable);
    auto const fixed = before.immutable.value_or(false);
    detail::validate_immutable(fixed, now.immutable.value_or(false), true, "immutable", errors);
    detail::validate_immutable(fixed, true, now.data == before.data, "data", errors);
    validate(now, errors);
}

} // namespace berth::kube
