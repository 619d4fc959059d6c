#pragma once

/// \file
/// How configurations of webhooks that change what is written behave in the API (kubernetes 1.36,
/// `pkg/registry/admissionregistration`).

#include <berth/api/kind.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/admissionregistration/mutating_webhook_configuration/type.hpp>

namespace berth::kube {

/// Fills in a configuration: a webhook that cannot be asked refuses, and has ten seconds.
BERTH_DECL auto set_defaults(mutating_webhook_configuration& c) -> void;

/// Checks a configuration.
BERTH_DECL auto validate(mutating_webhook_configuration const& c, api::field_errors& errors) -> void;

/// Whoever writes one is warned that the webhooks are not called yet.
[[nodiscard]] BERTH_DECL auto mutating_webhook_configuration_kind()
    -> api::kind_of<mutating_webhook_configuration>;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/admissionregistration/mutating_webhook_configuration/kind.ipp>
#endif
