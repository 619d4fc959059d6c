#pragma once

/// \file
/// Issues the tokens of service accounts, and knows its own again (RFC 7515; kubernetes 1.36,
/// `pkg/serviceaccount/jwt.go`).

#include <berth/core/config.hpp>
#include <berth/core/credentials/signer.hpp>
#include <berth/core/random.hpp>
#include <berth/kube/authentication/token_claims.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace berth::kube {

/// Who issues the tokens that secrets keep.
inline constexpr std::string_view kept_token_issuer = "kubernetes/serviceaccount";

/// What is said of a token of which nothing else can be said.
inline constexpr std::string_view unknown_token = "invalid bearer token";

struct token_authority_options {
    std::string issuer = "https://kubernetes.default.svc";
    /// What the API server answers to; the first is what tokens are for that are asked for without an
    /// audience. None: the issuer.
    std::vector<std::string> audiences = {};
    /// Tokens in pods are asked for for 3607 s by those that fetch new ones. They hold a year, so that who
    /// forgets to fetch one is not shut out, and tell from when on that was wrong.
    bool extend_pod_tokens = true;
    std::uint64_t seed = 0; ///< of the tokens' ids
};

/// A key, and whose tokens it signs. A handle; copies are the same. May be used by several threads at once.
class token_authority {
public:
    /// Without a key: issues nothing, and knows no token.
    token_authority() = default;
    explicit token_authority(credentials::signer key, token_authority_options options = {});

    [[nodiscard]] explicit operator bool() const { return state_ != nullptr; }
    [[nodiscard]] auto options() const -> token_authority_options const&;
    [[nodiscard]] auto key() const -> credentials::signer const&;

    /// A signed token. An issuer that is not given is the authority's own. Errors: `unavailable` without a
    /// key; `internal`.
    [[nodiscard]] auto issue(token_claims claims) const -> result<std::string>;
    /// An id for a token: a UUID.
    [[nodiscard]] auto new_id() const -> std::string;

    /// What a token says that was signed with the key. Nothing, if it does not say that one of the
    /// authority's issuers made it, or is no token at all. Errors: `unauthorized`, if it says so and was not.
    /// What it claims of objects and times is not looked at. The last ones read are remembered: their
    /// signatures need not be verified again.
    [[nodiscard]] auto read(std::string_view token) const -> result<std::optional<token_claims>>;

private:
    struct state;

    std::shared_ptr<state> state_;
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/authentication/token_authority.ipp>
#endif
