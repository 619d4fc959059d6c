#pragma once

/// \file
/// The tables of configurations of webhooks, and what their writers are warned of (kubernetes 1.36,
/// `printMutatingWebhook`).

#include <berth/core/config.hpp>
#include <berth/kube/columns.hpp>

namespace berth::kube::detail {

/// They are kept; calling them is not built yet.
template <class Configuration>
[[nodiscard]] auto warn_uncalled(Configuration const& c, Configuration const*) -> std::vector<std::string> {
    if (c.webhooks.empty()) return {};
    return {std::string(Configuration::resource.kind) + " is kept, and its webhooks are not called yet"};
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
