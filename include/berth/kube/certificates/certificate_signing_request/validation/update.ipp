#pragma once

/// \file
/// The bodies of `berth/kube/certificates/certificate_signing_request/validation/update.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/certificates/certificate_signing_request/validation/update.hpp>
#include <berth/object/field_of.hpp>

#include <algorithm>
#include <initializer_list>
#include <set>
#include <vector>

namespace berth::kube::detail {

using request_conditions = std::vector<certificate_signing_request_condition>;

inline auto conditions_of(certificate_signing_request const& r, std::string_view type) -> request_conditions {
    auto out = request_conditions();
    for (auto const& c : r.status.conditions)
        if (c.type == type) out.push_back(c);
    return out;
}

template <class Texts> auto has_doubles(Texts const& texts, auto text_of) -> bool {
    auto seen = std::set<std::string_view>();
    return !std::all_of(texts.begin(), texts.end(),
                        [&](auto const& t) { return seen.insert(text_of(t)).second; });
}

inline auto faults_of(certificate_signing_request const& now, certificate_signing_request const& before)
    -> tolerated_faults {
    auto const& conditions = before.status.conditions;
    auto const& usages = before.spec.usages;
    auto const type_of = [](auto const& c) -> std::string_view { return c.type; };
    auto const itself = [](std::string const& s) -> std::string_view { return s; };
    auto const& known = object::field_of(&certificate_signing_request_spec::usages);
    auto const& certificate = before.status.certificate;
    return {.both_decisions =
                !conditions_of(before, "Approved").empty() && !conditions_of(before, "Denied").empty(),
            .legacy_signer = before.spec.signer_name == "kubernetes.io/legacy-unknown",
            .double_conditions = has_doubles(conditions, type_of),
            .nameless_conditions = !conditions_of(before, "").empty(),
            .any_certificate =
                now.status.certificate == certificate || !certificate_problem(certificate.data).empty(),
            .double_usages = has_doubles(usages, itself),
            .unknown_usages = !std::all_of(usages.begin(), usages.end(),
                                           [&](auto const& u) { return object::is_allowed(known, u); })};
}

/// What each of those who write a request may do.
struct request_powers {
    bool decide = false;
    bool sign = false;
};

/// Decisions stay; only an approver makes those that are about signing.
inline auto validate_kept_decisions(certificate_signing_request const& now,
                                    certificate_signing_request const& before, request_powers powers,
                                    field_errors& errors) -> void {
    auto const at = field_path("status");
    auto const list = at.child("conditions");
    auto const refuse = [&](std::string_view what, std::string_view type) {
        errors.forbidden(list, "updates may not " + std::string(what) + " a condition of type \"" +
                                   std::string(type) + "\"");
    };
    for (auto const type : {"Approved", "Denied", "Failed"})
        if (conditions_of(now, type).size() < conditions_of(before, type).size()) refuse("remove", type);
    if (powers.decide) return;
    for (auto const type : {"Approved", "Denied"}) {
        auto const a = conditions_of(now, type);
        auto const b = conditions_of(before, type);
        if (a.size() > b.size()) refuse("add", type);
        else if (a.size() == b.size() && !(a == b)) refuse("modify", type);
    }
}

inline auto validate_request_change(certificate_signing_request const& now,
                                    certificate_signing_request const& before, request_powers powers,
                                    field_errors& errors) -> void {
    validate_certificate_request(now, faults_of(now, before), errors);
    validate_kept_decisions(now, before, powers, errors);
    if (now.status.certificate == before.status.certificate) return;
    auto const status = field_path("status");
    auto const at = status.child("certificate");
    if (!powers.sign) errors.forbidden(at, "updates may not set certificate content");
    else if (!before.status.certificate.data.empty())
        errors.forbidden(at, "updates may not modify existing certificate content");
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto validate_update(certificate_signing_request const& now,
                                certificate_signing_request const& before, api::field_errors& errors)
    -> void {
    detail::validate_request_change(now, before, {}, errors);
}

BERTH_DECL auto validate_approval(certificate_signing_request const& now,
                                  certificate_signing_request const& before, api::field_errors& errors)
    -> void {
    detail::validate_request_change(now, before, {.decide = true}, errors);
}

BERTH_DECL auto validate_status(certificate_signing_request const& now,
                                certificate_signing_request const& before, api::field_errors& errors)
    -> void {
    detail::validate_request_change(now, before, {.sign = true}, errors);
}

} // namespace berth::kube
