#pragma once

/// \file
/// The bodies of `berth/kube/certificates/certificate_signing_request/validation.hpp`.

#include <berth/core/base64.hpp>
#include <berth/core/config.hpp>
#include <berth/core/pem.hpp>
#include <berth/kube/certificates/certificate_signing_request/subject.hpp>
#include <berth/kube/certificates/certificate_signing_request/validation.hpp>
#include <berth/kube/meta/validation/signer_name.hpp>

#include <set>

namespace berth::kube::detail {

inline constexpr auto request_spec_path = field_path("spec");
inline constexpr auto request_status_path = field_path("status");

inline auto request_problem(std::string_view pem) -> std::string {
    auto const der = request_bytes(pem);
    if (!der) return der.error().message;
    auto const subject = organizations_of(*der);
    return subject ? std::string() : subject.error().message;
}

BERTH_DECL auto certificate_problem(std::string_view pem) -> std::string {
    if (pem.empty()) return {};
    auto blocks = 0;
    for (auto block = next_pem_block(pem); block; block = next_pem_block(pem), ++blocks) {
        if (block->type != "CERTIFICATE")
            return "only CERTIFICATE PEM blocks are allowed, found \"" + block->type + "\"";
        if (block->has_headers) return "no PEM block headers are permitted";
        if (block->bytes.empty()) return "found CERTIFICATE PEM block containing 0 certificates";
        pem = block->rest;
    }
    return blocks == 0 ? "must contain at least one CERTIFICATE PEM block" : "";
}

inline auto validate_usages(certificate_signing_request_spec const& s, tolerated_faults const& tolerated,
                            field_errors& errors) -> void {
    auto const& f = object::field_of(&certificate_signing_request_spec::usages);
    auto const at = request_spec_path.child(f.name);
    if (s.usages.empty()) errors.required(at);
    if (!tolerated.unknown_usages)
        for (std::size_t i = 0; i < s.usages.size(); ++i) check_allowed(f, s.usages[i], at.index(i), errors);
    auto seen = std::set<std::string_view>();
    for (std::size_t i = 0; i < s.usages.size(); ++i)
        if (!seen.insert(s.usages[i]).second && !tolerated.double_usages)
            errors.duplicate(at.index(i), s.usages[i]);
}

/// Decisions are there or they are not: their status can only be true.
inline auto is_decision(std::string_view type) -> bool {
    return type == "Approved" || type == "Denied" || type == "Failed";
}

inline auto validate_request_condition(certificate_signing_request_condition const& c, field_path const& at,
                                       tolerated_faults const& tolerated, field_errors& errors) -> void {
    if (c.type.empty() && !tolerated.nameless_conditions) errors.required(at.child("type"));
    auto const status = at.child("status");
    if (c.status.empty()) errors.required(status);
    else if (is_decision(c.type)) {
        if (c.status != "True") errors.not_supported(status, c.status, {"True"});
    } else {
        check_allowed(c, &certificate_signing_request_condition::status, at, errors);
    }
}

inline auto validate_request_conditions(certificate_signing_request_status const& s,
                                        tolerated_faults const& tolerated, field_errors& errors) -> void {
    auto const list = request_status_path.child("conditions");
    auto seen = std::set<std::string_view>();
    for (std::size_t i = 0; i < s.conditions.size(); ++i) {
        auto const& c = s.conditions[i];
        validate_request_condition(c, list.index(i), tolerated, errors);
        auto const other = c.type == "Approved" ? "Denied" : c.type == "Denied" ? "Approved" : "";
        if (*other != '\0' && seen.contains(other) && !tolerated.both_decisions)
            errors.invalid(list, c.type, "Approved and Denied conditions are mutually exclusive");
        if (!seen.insert(c.type).second && !tolerated.double_conditions)
            errors.duplicate(list.index(i).child("type"), c.type);
    }
}

BERTH_DECL auto validate_certificate_request(certificate_signing_request const& r,
                                             tolerated_faults const& tolerated, field_errors& errors)
    -> void {
    if (auto const why = request_problem(r.spec.request.data); !why.empty())
        errors.invalid(request_spec_path.child("request"), base64_encode(r.spec.request.data), why);
    validate_usages(r.spec, tolerated, errors);
    auto const signer = request_spec_path.child("signerName");
    if (r.spec.signer_name == "kubernetes.io/legacy-unknown") {
        if (!tolerated.legacy_signer)
            errors.invalid(signer, r.spec.signer_name,
                           "the legacy signerName is not allowed via this API version");
    } else {
        validate_signer_name(r.spec.signer_name, signer, errors);
    }
    if (r.spec.expiration_seconds && *r.spec.expiration_seconds < 600)
        errors.invalid(request_spec_path.child("expirationSeconds"), *r.spec.expiration_seconds,
                       "may not specify a duration less than 600 seconds (10 minutes)");
    validate_request_conditions(r.status, tolerated, errors);
    if (tolerated.any_certificate) return;
    if (auto const why = certificate_problem(r.status.certificate.data); !why.empty())
        errors.invalid(request_status_path.child("certificate"), "<certificate data>", why);
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto validate(certificate_signing_request const& r, api::field_errors& errors) -> void {
    detail::validate_certificate_request(r, {}, errors);
}

} // namespace berth::kube
