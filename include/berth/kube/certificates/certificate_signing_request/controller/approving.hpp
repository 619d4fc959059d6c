#pragma once

/// \file
/// Approves the requests of nodes for their own client certificates (kubernetes 1.36,
/// `pkg/controller/certificates/approver`).

#include <berth/api/any_client.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/authorization/subject_access_review/type.hpp>
#include <berth/kube/certificates/certificate_signing_request/type.hpp>
#include <berth/reconcile/controller.hpp>

#include <functional>
#include <string_view>

namespace berth::kube {

/// Whether somebody may do something. Errors: those of asking.
using access_question = std::function<result<bool>(subject_access_review const&)>;

/// Asks an API.
[[nodiscard]] BERTH_DECL auto ask_access(api::any_client client) -> access_question;

/// Approves requests for client certificates of nodes whose requester may have them: `create` on
/// `certificatesigningrequests/selfnodeclient` for those of the node itself, on `.../nodeclient` for any
/// node's. As pure as `may` is.
struct certificate_approving_controller {
    static constexpr std::string_view name = "certificatesigningrequest-approving-controller";
    using reconciles = certificate_signing_request;

    access_question may{}; ///< empty: nothing is approved

    auto reconcile(reconcile::snapshot const& world, object::key const& k) const -> reconcile::plan;
};
static_assert(reconcile::controller<certificate_approving_controller>);

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/certificates/certificate_signing_request/controller/approving.ipp>
#endif
