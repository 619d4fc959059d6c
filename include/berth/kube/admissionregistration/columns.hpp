#pragma once

/// \file
/// The tables of configurations of webhooks, and what their writers are warned of (kubernetes 1.36,
/// `printMutatingWebhook`).

#include <berth/core/config.hpp>
#include <berth/kube/admissionregistration/webhook_target.hpp>
#include <berth/kube/columns.hpp>

namespace berth::kube::detail {

/// What is not done as the configuration says, or not as Kubernetes does it.
template <class Configuration>
[[nodiscard]] auto warn_of_webhooks(Configuration const& c, Configuration const*)
    -> std::vector<std::string> {
    auto out = std::vector<std::string>();
    for (std::size_t i = 0; i < c.webhooks.size(); ++i) {
        auto const& w = c.webhooks[i];
        auto const at = "webhooks[" + std::to_string(i) + "].";
        if (!w.match_conditions.empty())
            out.push_back(at + "matchConditions: not evaluated here: the webhook is asked whatever they say");
        if (asked_plainly(w.client_config))
            out.push_back(at + "clientConfig: asked without TLS, which Kubernetes never does");
    }
    return out;
}

} // namespace berth::kube::detail

namespace berth::kube {

/// How many hooks a configuration has.
template <class Configuration>
[[nodiscard]] auto webhook_columns() -> std::vector<api::column_of<Configuration>> {
    return {name_column<Configuration>(),
            number_column<Configuration>("Webhooks",
                                         [](Configuration const& c, time_point) -> api::cell {
                                             return static_cast<std::int64_t>(c.webhooks.size());
                                         }),
            age_column<Configuration>()};
}

} // namespace berth::kube
