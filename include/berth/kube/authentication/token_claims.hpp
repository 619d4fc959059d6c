#pragma once

/// \file
/// What a service account's token says (RFC 7519; kubernetes 1.36, `pkg/serviceaccount`).

#include <berth/core/config.hpp>
#include <berth/core/error.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace berth::kube {

/// An object as a token names it.
struct claimed_object {
    std::string name;
    std::string uid; ///< empty: not known

    friend auto operator==(claimed_object const&, claimed_object const&) -> bool = default;
};

/// The claims of a token. Times are in seconds since 1970.
struct token_claims {
    std::string issuer;
    std::string subject;
    std::string id;
    std::vector<std::string> audiences; ///< none: a token of a secret, which is for the API server
    std::optional<std::int64_t> expiry;
    std::optional<std::int64_t> not_before;
    std::optional<std::int64_t> issued_at;
    std::string namespace_;
    claimed_object account;
    std::optional<claimed_object> pod;
    std::optional<claimed_object> secret;
    std::optional<claimed_object> node;
    std::optional<std::int64_t> warn_after; ///< from then on its user should have fetched another one
    /// The secret in which it is kept, for a token that has no end: one of the old sort.
    std::string kept_in;

    friend auto operator==(token_claims const&, token_claims const&) -> bool = default;
};

/// The JSON of claims: in the old sort's words, if it is kept in a secret.
[[nodiscard]] BERTH_DECL auto claims_text(token_claims const& c) -> std::string;

/// The claims in some JSON; members of another type than they should have are left out. Errors:
/// `bad_request`, if it is no object.
[[nodiscard]] BERTH_DECL auto read_claims(std::string_view json) -> result<token_claims>;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/authentication/token_claims.ipp>
#endif
