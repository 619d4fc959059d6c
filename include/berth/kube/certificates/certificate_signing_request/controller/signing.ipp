#pragma once

/// \file
/// The bodies of `berth/kube/certificates/certificate_signing_request/controller/signing.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/certificates/certificate_signing_request/controller/signing.hpp>
#include <berth/kube/certificates/certificate_signing_request/signers.hpp>

#include <utility>

namespace berth::kube {

BERTH_DECL auto certificate_signing_controller::reconcile(reconcile::snapshot const& world,
                                                          object::key const& k) const -> reconcile::plan {
    auto plan = reconcile::plan{};
    auto const r = world.get<certificate_signing_request>(k);
    if (!sign || !r || !r->status.certificate.data.empty() || !is_stock_signer(r->spec.signer_name) ||
        !has_decision(*r, "Approved") || has_decision(*r, "Failed"))
        return plan;
    auto next = *r;
    auto const der = request_bytes(r->spec.request.data);
    auto const who = der ? subject_of(*der) : std::unexpected(der.error());
    auto problem = who ? signer_problem(r->spec.signer_name, *who, r->spec.usages) : std::string();
    if (!problem.empty()) {
        auto& c = next.status.conditions.emplace_back();
        c.type = "Failed";
        c.status = "True";
        c.reason = "SignerValidationFailure";
        c.message = std::move(problem);
        c.last_update_time = object::timestamp(world.now());
        plan.update_status(r, std::move(next));
        return plan;
    }
    auto const order = who ? order_of(*r, longest, world.now()) : std::unexpected(who.error());
    auto certificate = order ? sign(*order) : std::unexpected(order.error());
    if (!certificate) { // a request that nobody can sign is looked at again, as its signer may be mended
        plan.look_again(minutes(10));
        return plan;
    }
    next.status.certificate.data = *std::move(certificate);
    plan.update_status(r, std::move(next));
    return plan;
}

} // namespace berth::kube
