#pragma once

/// \file
/// What is there in a fresh cluster before anybody makes anything (kubernetes 1.36, `pkg/controlplane`,
/// `pkg/registry/scheduling/rest`).

#include <berth/api/any_client.hpp>
#include <berth/core/config.hpp>

#include <cstdint>
#include <string>

namespace berth::kube {

/// What differs between clusters.
struct bootstrap_options {
    std::string address = "10.0.0.1"; ///< of the service `kubernetes`: the first of the range of services
    std::int32_t port = 443;          ///< of that service
    std::int32_t server_port = 6443;  ///< on which the API server listens
    bool policy = true;               ///< whether the roles and bindings of every cluster are made too
};

/// Creates the namespaces `default`, `kube-system`, `kube-public` and `kube-node-lease`, the priority classes
/// of the system and the service `kubernetes`, as far as they are not there, and restores the roles and
/// bindings of `bootstrap_policy`. May be called again at every start. Errors: those of `create`, other than
/// that something is there.
[[nodiscard]] BERTH_DECL auto bootstrap(api::any_client const& client, bootstrap_options const& options = {})
    -> result<void>;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/bootstrap.ipp>
#endif
