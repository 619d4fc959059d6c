#pragma once

/// \file
/// The bodies of `berth/kube/certificates/certificate_signing_request/kind.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/certificates/certificate_signing_request/kind.hpp>

#include <algorithm>

namespace berth::kube::detail {

inline auto shown_decision(certificate_signing_request const& r) -> std::string {
    auto const has = [&](std::string_view type) {
        auto const& all = r.status.conditions;
        return std::any_of(all.begin(), all.end(), [&](auto const& c) { return c.type == type; });
    };
    auto out = std::string(has("Denied") ? "Denied" : has("Approved") ? "Approved" : "Pending");
    if (has("Failed")) out += ",Failed";
    if (!r.status.certificate.data.empty()) out += ",Issued";
    return out;
}

inline auto shown_requested_duration(certificate_signing_request const& r) -> std::string {
    auto const& asked = r.spec.expiration_seconds;
    return asked ? api::human_duration(seconds(*asked)) : std::string(none_shown);
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto certificate_signing_request_kind() -> api::kind_of<certificate_signing_request> {
    using csr = certificate_signing_request;
    auto k = api::kind_of<csr>{};
    k.short_names = {"csr"};
    k.metadata.name = api::name_rule::path_segment;
    k.prepare_update = [](csr& now, csr const& before) { now.spec = before.spec; };
    k.validate = &validate;
    k.validate_update = &validate_update;
    k.validate_status = &validate_status;
    k.subresources = {api::part_of<csr>{.name = "approval",
                                        .validate = &validate_approval,
                                        .member = object::type_of<csr>().field("status")}};
    k.field_labels = {{"spec.signerName", [](csr const& r) { return r.spec.signer_name; }}};
    k.columns = {
        name_column<csr>(),
        age_column<csr>(),
        column<csr>("SignerName",
                    [](csr const& r, time_point) -> api::cell { return or_none(r.spec.signer_name); }),
        column<csr>("Requestor", [](csr const& r, time_point) -> api::cell { return r.spec.username; }),
        column<csr>(
            "RequestedDuration",
            [](csr const& r, time_point) -> api::cell { return detail::shown_requested_duration(r); }),
        column<csr>("Condition",
                    [](csr const& r, time_point) -> api::cell { return detail::shown_decision(r); })};
    return k;
}

} // namespace berth::kube
