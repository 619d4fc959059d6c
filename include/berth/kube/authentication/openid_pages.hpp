#pragma once

/// \file
/// How others can verify the tokens of an authority: the documents of OpenID Connect Discovery 1.0 that a
/// Kubernetes API server has (kubernetes 1.36, `pkg/serviceaccount/openidmetadata.go`).

#include <berth/core/config.hpp>
#include <berth/kube/authentication/token_authority.hpp>

#include <string>
#include <string_view>

namespace berth::kube {

inline constexpr std::string_view openid_configuration_path = "/.well-known/openid-configuration";
inline constexpr std::string_view openid_keys_path = "/openid/v1/jwks";
inline constexpr std::string_view openid_keys_type = "application/jwk-set+json";
/// How long verifiers may keep them.
inline constexpr std::string_view openid_cache_control = "public, max-age=3600";

/// Who issues the tokens, how they are signed, and where the keys are: as JSON, below
/// `openid_configuration_path`. `keys_url`: where `openid_keys_path` is found. The authority must have a key.
[[nodiscard]] BERTH_DECL auto openid_configuration(token_authority const& by, std::string_view keys_url)
    -> std::string;

/// The public keys as a JSON Web Key Set (RFC 7517). The authority must have a key.
[[nodiscard]] BERTH_DECL auto openid_keys(token_authority const& by) -> std::string;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/authentication/openid_pages.ipp>
#endif
