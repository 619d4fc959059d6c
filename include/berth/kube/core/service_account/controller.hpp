#pragma once

/// \file
/// What every namespace is given: a service account for its pods, and the certificate by which they know the
/// API (kubernetes 1.36, `pkg/controller/serviceaccount`, `pkg/controller/certificates/rootcacertpublisher`).

#include <berth/core/config.hpp>
#include <berth/kube/core/config_map/type.hpp>
#include <berth/kube/core/namespace/type.hpp>
#include <berth/kube/core/service_account/type.hpp>
#include <berth/reconcile/controller.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace berth::kube {

/// Whether new things may be made in a namespace.
[[nodiscard]] inline auto is_active(namespace_ const& n) -> bool {
    return !n.metadata.deleting() && n.status.phase != "Terminating";
}

/// Keeps the service account `default` in every active namespace.
struct service_accounts_controller {
    static constexpr std::string_view name = "serviceaccount";
    static constexpr std::string_view account_name = "default";
    using reconciles = namespace_;
    using watches = reconcile::kinds<service_account>;

    auto keys_for(reconcile::snapshot const&, service_account const& a) const -> std::vector<object::key>;

    auto reconcile(reconcile::snapshot const& world, object::key const& k) const -> reconcile::plan;
};
static_assert(reconcile::controller<service_accounts_controller>);

/// Keeps the ConfigMap `kube-root-ca.crt` in every active namespace.
struct root_certificate_controller {
    static constexpr std::string_view name = "root-ca-certificate-publisher";
    static constexpr std::string_view map_name = "kube-root-ca.crt";
    static constexpr std::string_view description =
        "Contains a CA bundle that can be used to verify the kube-apiserver when using internal "
        "endpoints such as the internal service IP or kubernetes.default.svc. No other usage is guaranteed "
        "across distributions of Kubernetes clusters.";
    using reconciles = namespace_;
    using watches = reconcile::kinds<config_map>;

    /// The certificates that are published, as PEM. An API without TLS has none: then the bundle is an empty
    /// one.
    std::string bundle =
        "# This API server is not reached over TLS: no certificate is needed to verify it.\n";

    auto keys_for(reconcile::snapshot const&, config_map const& m) const -> std::vector<object::key>;

    auto reconcile(reconcile::snapshot const& world, object::key const& k) const -> reconcile::plan;
};
static_assert(reconcile::controller<root_certificate_controller>);

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/service_account/controller.ipp>
#endif
