#pragma once

/// \file
/// The bodies of `berth/kube/certificates/certificate_signing_request/controller/signing.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/certificates/certificate_signing_request/controller/signing.hpp>
#include <berth/kube/certificates/certificate_signing_request/signers.hpp>

#include <string>
#include <utility>

namespace berth::kube::detail {

/// What the signers of Kubernetes do not sign, and what nobody can: the request says so.
inline auto fail_request(reconcile::seen<certificate_signing_request> r, std::string why, time_point now,
                         reconcile::plan& plan) -> void {
    auto next = *r;
    auto& c = next.status.conditions.emplace_back();
    c.type = "Failed";
    c.status = "True";
    c.reason = "SignerValidationFailure";
    c.message = std::move(why);
    c.last_update_time = object::timestamp(now);
    plan.update_status(r, std::move(next));
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto certificate_signing_controller::reconcile(reconcile::snapshot const& world,
                                                          object::key const& k) const -> reconcile::plan {
    auto plan = reconcile::plan{};
    auto const r = world.get<certificate_signing_request>(k);
    if (!sign || !r || !r->status.certificate.data.empty() || !is_stock_signer(r->spec.signer_name) ||
        !has_decision(*r, "Approved") || has_decision(*r, "Failed"))
        return plan;
    auto const der = request_bytes(r->spec.request.data);
    auto const who = der ? subject_of(*der) : std::unexpected(der.error());
    if (who) {
        if (auto why = signer_problem(r->spec.signer_name, *who, r->spec.usages); !why.empty()) {
            detail::fail_request(r, std::move(why), world.now(), plan);
            return plan;
        }
    }
    auto const order = who ? order_of(*r, longest, world.now()) : std::unexpected(who.error());
    auto certificate = order ? sign(*order) : std::unexpected(order.error());
    if (certificate) {
        auto next = *r;
        next.status.certificate.data = *std::move(certificate);
        plan.update_status(r, std::move(next));
    } else if (certificate.error().code == error_code::invalid) {
        detail::fail_request(r, std::move(certificate.error().message), world.now(), plan);
    } else { // the signer may be mended
        plan.look_again(minutes(10));
    }
    return plan;
}

} // namespace berth::kube
