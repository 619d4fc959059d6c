#pragma once

/// \file
/// Whether a service account's token holds, and whom it speaks for (kubernetes 1.36,
/// `pkg/serviceaccount/claims.go`, `legacy.go`).

#include <berth/api/admission_world.hpp>
#include <berth/api/any_client.hpp>
#include <berth/api/authentication.hpp>
#include <berth/api/clock_function.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/authentication/token_authority.hpp>

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace berth::kube {

/// Whom a token speaks for that was presented to some audiences (none: to the API server). It must be one of
/// the authority's, for one of the audiences, neither expired nor early (by more than a minute); its account
/// must be there, with the same uid, and so must what it is bound to or kept in. Nothing, if it is no token
/// of the authority's. Errors: `unauthorized`; those of looking objects up.
[[nodiscard]] BERTH_DECL auto authenticate(token_authority const& by, std::string_view token,
                                           std::span<std::string const> audiences,
                                           api::admission_world const& world)
    -> result<std::optional<api::bearer>>;

/// The same as a function for an API server's network front; `client` looks accounts, pods, secrets and nodes
/// up.
[[nodiscard]] BERTH_DECL auto token_reader_of(token_authority by, api::any_client client,
                                              api::clock_function now) -> api::token_reader;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/authentication/authenticate.ipp>
#endif
