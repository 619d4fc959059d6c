#pragma once

/// \file
/// The bodies of `berth/kube/admissionregistration/mutating_webhook_configuration/kind.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/admissionregistration/columns.hpp>
#include <berth/kube/admissionregistration/mutating_webhook_configuration/kind.hpp>
#include <berth/kube/admissionregistration/validation/webhook.hpp>
#include <berth/object/defaults.hpp>

namespace berth::kube {

BERTH_DECL auto set_defaults(mutating_webhook_configuration& c) -> void {
    object::apply_defaults(c);
    for (auto& w : c.webhooks) {
        w.namespace_selector.engage();
        w.object_selector.engage();
    }
}

BERTH_DECL auto validate(mutating_webhook_configuration const& c, api::field_errors& errors) -> void {
    auto const at = api::field_path("webhooks");
    detail::validate_webhooks(c.webhooks, errors);
    for (std::size_t i = 0; i < c.webhooks.size(); ++i)
        check_allowed(c.webhooks[i], &mutating_webhook::reinvocation_policy, at.index(i), errors);
}

BERTH_DECL auto mutating_webhook_configuration_kind() -> api::kind_of<mutating_webhook_configuration> {
    using configuration = mutating_webhook_configuration;
    auto k = api::kind_of<configuration>{};
    k.generation = api::generation_rule::first;
    k.set_defaults = &set_defaults;
    k.prepare_update = [](configuration& now, configuration const& before) {
        if (now.webhooks != before.webhooks) ++now.metadata.generation;
    };
    k.validate = &validate;
    k.validate_update = [](configuration const& now, configuration const&, api::field_errors& errors) {
        validate(now, errors);
    };
    k.warnings = &detail::warn_of_webhooks<configuration>;
    k.columns = webhook_columns<configuration>();
    return k;
}

} // namespace berth::kube
