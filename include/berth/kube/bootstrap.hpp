#pragma once

/// \file
/// What is there in a fresh cluster before anybody makes anything (kubernetes 1.36, `pkg/controlplane`,
/// `pkg/registry/scheduling/rest`).

#include <berth/api/client.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/core/namespace/type.hpp>
#include <berth/kube/core/service/type.hpp>
#include <berth/kube/scheduling/priority_class/type.hpp>

#include <cstdint>
#include <string>
#include <utility>

namespace berth::kube {

/// What differs between clusters.
struct bootstrap_options {
    std::string address = "10.0.0.1"; ///< of the service `kubernetes`: the first of the range of services
    std::int32_t port = 443;          ///< of that service
    std::int32_t server_port = 6443;  ///< on which the API server listens
};

namespace detail {

/// Creates an object, unless one of its name is there already.
template <object::kind_type T, api::client Client> auto ensure(Client& client, T object) -> result<void> {
    auto const done = api::create(client, std::move(object));
    if (done || done.error().code == error_code::already_exists) return {};
    return std::unexpected(done.error());
}

BERTH_DECL auto system_namespace(std::string name) -> namespace_;

BERTH_DECL auto system_priority_class(std::string name, std::int32_t value, std::string description)
    -> priority_class;

BERTH_DECL auto kubernetes_service(bootstrap_options const& o) -> service;

} // namespace detail

/// Creates the namespaces `default`, `kube-system`, `kube-public` and `kube-node-lease`, the priority classes
/// of the system and the service `kubernetes`, as far as they are not there. May be called again at every
/// start. Errors: those of `create`, other than that something is there.
template <api::client Client>
[[nodiscard]] auto bootstrap(Client& client, bootstrap_options const& options = {}) -> result<void> {
    for (auto const* const name : {"kube-system", "kube-public", "kube-node-lease", "default"})
        if (auto ok = detail::ensure(client, detail::system_namespace(name)); !ok) return ok;
    auto ok = detail::ensure(
        client, detail::system_priority_class(
                    "system-node-critical", 2'000'001'000,
                    "Used for system critical pods that must not be moved from their current node."));
    if (!ok) return ok;
    ok = detail::ensure(client,
                        detail::system_priority_class(
                            "system-cluster-critical", 2'000'000'000,
                            "Used for system critical pods that must run in the cluster, but can be moved to "
                            "another node if necessary."));
    if (!ok) return ok;
    return detail::ensure(client, detail::kubernetes_service(options));
}

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/bootstrap.ipp>
#endif
