#pragma once

/// \file
/// Signs approved requests for certificates (kubernetes 1.36, `pkg/controller/certificates/signer`).

#include <berth/core/config.hpp>
#include <berth/core/credentials/certificate_order.hpp>
#include <berth/kube/certificates/certificate_signing_request/type.hpp>
#include <berth/reconcile/controller.hpp>

#include <string_view>

namespace berth::kube {

/// Gives approved requests to the signers of Kubernetes their certificates, or the condition `Failed` where
/// they do not fit the signer, or where `sign` calls them `invalid`; when it fails otherwise, it is asked
/// again later. (Kubernetes asks again in vain for requests that nobody can sign.) Requests to other signers
/// are theirs. As pure as `sign` is: authorities draw serial numbers.
struct certificate_signing_controller {
    static constexpr std::string_view name = "certificatesigningrequest-signing-controller";
    using reconciles = certificate_signing_request;

    credentials::certificate_signer sign{};      ///< empty: nothing is signed
    duration longest = minutes(60) * (24 * 365); ///< how long certificates last that ask for no time

    auto reconcile(reconcile::snapshot const& world, object::key const& k) const -> reconcile::plan;
};
static_assert(reconcile::controller<certificate_signing_controller>);

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/certificates/certificate_signing_request/controller/signing.ipp>
#endif
