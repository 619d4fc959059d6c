#pragma once

/// \file
/// The bodies of `berth/kube/certificates/certificate_signing_request/controller/approving.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/certificates/certificate_signing_request/controller/approving.hpp>
#include <berth/kube/certificates/certificate_signing_request/signers.hpp>

#include <string>
#include <utility>

namespace berth::kube::detail {

/// May the one who made a request have such certificates?
inline auto question_of(certificate_signing_request const& r, std::string_view subresource)
    -> subject_access_review {
    auto out = subject_access_review{};
    out.spec.user = r.spec.username;
    out.spec.uid = r.spec.uid;
    out.spec.groups = r.spec.groups;
    out.spec.extra = r.spec.extra;
    auto& what = out.spec.resource_attributes.engage();
    what.group = certificate_signing_request::resource.group;
    what.resource_ = certificate_signing_request::resource.plural;
    what.subresource = subresource;
    what.verb = "create";
    what.version = "*";
    return out;
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto ask_access(api::any_client client) -> access_question {
    return [client = std::move(client)](subject_access_review const& question) -> result<bool> {
        auto const said = api::create(client, question);
        if (!said) return std::unexpected(said.error());
        return (*said)->status.allowed;
    };
}

BERTH_DECL auto certificate_approving_controller::reconcile(reconcile::snapshot const& world,
                                                            object::key const& k) const -> reconcile::plan {
    auto plan = reconcile::plan{};
    auto const r = world.get<certificate_signing_request>(k);
    if (!may || !r || !r->status.certificate.data.empty() || has_decision(*r, "Approved") ||
        has_decision(*r, "Denied") || r->spec.signer_name != kubelet_client_signer)
        return plan;
    auto const der = request_bytes(r->spec.request.data);
    auto const who = der ? subject_of(*der) : std::unexpected(der.error());
    if (!who || !signer_problem(kubelet_client_signer, *who, r->spec.usages).empty()) return plan;
    auto const approve = [&](std::string_view message) {
        auto next = *r;
        auto& c = next.status.conditions.emplace_back();
        c.type = "Approved";
        c.status = "True";
        c.reason = "AutoApproved";
        c.message = message;
        plan.update(r, std::move(next), "approval");
    };
    auto const allowed = [&](std::string_view subresource) -> bool {
        auto const said = may(detail::question_of(*r, subresource));
        if (!said) plan.look_again(seconds(10));
        return said.value_or(false);
    };
    if (r->spec.username == who->common_name && allowed("selfnodeclient"))
        approve("Auto approving self kubelet client certificate after SubjectAccessReview.");
    else if (allowed("nodeclient"))
        approve("Auto approving kubelet client certificate after SubjectAccessReview.");
    return plan;
}

} // namespace berth::kube
