#pragma once

/// \file
/// Deletes requests for certificates that are done with (kubernetes 1.36,
/// `pkg/controller/certificates/cleaner`).

#include <berth/core/config.hpp>
#include <berth/kube/certificates/certificate_signing_request/type.hpp>
#include <berth/reconcile/controller.hpp>

#include <string_view>

namespace berth::kube {

/// Deletes requests an hour after they were decided (also if nobody signed them), a day after they were made
/// if nobody decided them, and when their certificate has ended.
struct certificate_cleaning_controller {
    static constexpr std::string_view name = "certificatesigningrequest-cleaner-controller";
    using reconciles = certificate_signing_request;

    auto reconcile(reconcile::snapshot const& world, object::key const& k) const -> reconcile::plan;
};
static_assert(reconcile::controller<certificate_cleaning_controller>);

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/certificates/certificate_signing_request/controller/cleaning.ipp>
#endif
