#pragma once

/// \file
/// Checks of webhooks of admission (Kubernetes 1.36, `pkg/apis/admissionregistration/validation`).

#include <berth/core/config.hpp>
#include <berth/kube/admissionregistration/webhook.hpp>
#include <berth/kube/meta/validation.hpp>

#include <algorithm>
#include <set>
#include <string_view>

namespace berth::kube::detail {

/// Where and about what a webhook is asked.
BERTH_DECL auto validate_webhook_client(webhook_client_config const& c, field_path const& at,
                                        field_errors& errors) -> void;

BERTH_DECL auto validate_webhook_rules(object::list<rule_with_operations> const& rules, field_path const& at,
                                       field_errors& errors) -> void;

BERTH_DECL auto validate_match_conditions(object::list<match_condition> const& conditions,
                                          field_path const& at, field_errors& errors) -> void;

/// Versions of reviews: each once, and one that the server can ask in.
BERTH_DECL auto validate_review_versions(std::vector<std::string> const& versions, field_path const& at,
                                         field_errors& errors) -> void;

/// What the hooks of both kinds have. `Webhook` has the members of `validating_webhook`.
template <class Webhook>
auto validate_webhook(Webhook const& w, field_path const& at, field_errors& errors) -> void {
    auto const name = at.child("name");
    if (w.name.empty()) errors.required(name);
    else {
        errors.invalid_all(name, w.name, object::dns1123_subdomain_problems(w.name));
        if (std::count(w.name.begin(), w.name.end(), '.') < 2)
            errors.invalid(name, w.name, "should be a domain with at least three segments separated by dots");
    }
    validate_label_selector(w.namespace_selector, at.child("namespaceSelector"), errors);
    validate_label_selector(w.object_selector, at.child("objectSelector"), errors);
    validate_review_versions(w.admission_review_versions, at.child("admissionReviewVersions"), errors);
    validate_webhook_rules(w.rules, at.child("rules"), errors);
    check_allowed(w, &Webhook::failure_policy, at, errors);
    check_allowed(w, &Webhook::match_policy, at, errors);
    if (!w.side_effects) errors.required(at.child("sideEffects"), "must specify one of None, NoneOnDryRun");
    else check_allowed(w, &Webhook::side_effects, at, errors);
    if (w.timeout_seconds && (*w.timeout_seconds > 30 || *w.timeout_seconds < 1))
        errors.invalid(at.child("timeoutSeconds"), *w.timeout_seconds,
                       "the timeout value must be between 1 and 30 seconds");
    validate_webhook_client(w.client_config, at.child("clientConfig"), errors);
    validate_match_conditions(w.match_conditions, at.child("matchConditions"), errors);
}

/// All hooks of a configuration, each with a name of its own.
template <class Webhooks> auto validate_webhooks(Webhooks const& all, field_errors& errors) -> void {
    auto const at = field_path("webhooks");
    auto seen = std::set<std::string_view>();
    for (std::size_t i = 0; i < all.size(); ++i) {
        auto const one = at.index(i);
        validate_webhook(all[i], one, errors);
        if (!all[i].name.empty() && !seen.insert(all[i].name).second)
            errors.duplicate(one.child("name"), all[i].name);
    }
}

} // namespace berth::kube::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/admissionregistration/validation/webhook.ipp>
#endif
