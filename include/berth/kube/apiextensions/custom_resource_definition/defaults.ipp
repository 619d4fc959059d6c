#pragma once

/// \file
/// The bodies of `berth/kube/apiextensions/custom_resource_definition/defaults.hpp`.

#include <berth/api/object_meta.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/apiextensions/custom_resource_definition/defaults.hpp>

#include <algorithm>

namespace berth::kube {

BERTH_DECL auto set_defaults(custom_resource_definition& d) -> void {
    constexpr auto https = 443;
    auto& names = d.spec.names;
    if (names.singular.empty()) names.singular = api::detail::lower_case(names.kind);
    if (names.list_kind.empty() && !names.kind.empty()) names.list_kind = names.kind + "List";
    if (!d.spec.conversion) d.spec.conversion.engage().strategy = "None";
    auto& webhook = d.spec.conversion->webhook;
    if (webhook && webhook->client_config && webhook->client_config->service &&
        !webhook->client_config->service->port)
        webhook->client_config->service->port = https;
    if (!d.status.stored_versions.empty()) return;
    auto const& versions = d.spec.versions;
    auto const stored =
        std::find_if(versions.begin(), versions.end(), [](auto const& v) { return v.storage; });
    if (stored != versions.end()) d.status.stored_versions.push_back(stored->name);
}

} // namespace berth::kube
