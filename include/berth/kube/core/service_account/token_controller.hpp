#pragma once

/// \file
/// Keeps tokens in the secrets that are made for them (kubernetes 1.36, `pkg/controller/serviceaccount`,
/// `tokens_controller.go`).

#include <berth/core/config.hpp>
#include <berth/kube/authentication/token_authority.hpp>
#include <berth/kube/core/secret/type.hpp>
#include <berth/kube/core/service_account/type.hpp>
#include <berth/reconcile/controller.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace berth::kube {

/// Fills secrets of the type `kubernetes.io/service-account-token` with the authority's certificate, their
/// namespace and a token of the account that they name, as often as something of that is missing; deletes
/// those whose account is not there, or is another of that name. As pure as the key is: signatures may differ
/// each time.
struct token_secrets_controller {
    static constexpr std::string_view name = "serviceaccount-token";
    using reconciles = secret;
    using watches = reconcile::kinds<service_account>;

    token_authority tokens{};        ///< without a key: nothing is done
    std::string root_certificates{}; ///< PEM; empty: `ca.crt` is left as it is

    static auto indexes() -> std::vector<reconcile::index>;

    auto keys_for(reconcile::snapshot const& world, service_account const& a) const
        -> std::vector<object::key>;
    auto matters(service_account const& before, service_account const& after) const -> bool;

    auto reconcile(reconcile::snapshot const& world, object::key const& k) const -> reconcile::plan;
};
static_assert(reconcile::controller<token_secrets_controller>);

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/service_account/token_controller.ipp>
#endif
