#pragma once

/// \file
/// At which extension points the plugins of kube-scheduler stand, and which of them a file leaves on.

#include <berth/api/validation.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/schedule/configuration/type.hpp>
#include <berth/kube/schedule/profile_settings.hpp>

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>

namespace berth::kube::configuration {

/// The extension points, as bits.
enum point : std::uint32_t {
    pre_enqueue = 1U << 0U,
    queue_sort = 1U << 1U,
    pre_filter = 1U << 2U,
    filter = 1U << 3U,
    post_filter = 1U << 4U,
    pre_score = 1U << 5U,
    score = 1U << 6U,
    reserve = 1U << 7U,
    permit = 1U << 8U,
    pre_bind = 1U << 9U,
    bind = 1U << 10U,
    post_bind = 1U << 11U,
};

/// A plugin, where it stands and what it weighs by default (kubernetes 1.36).
struct stock_plugin {
    std::string_view name;
    std::uint32_t points = 0;
    std::int32_t weight = 0;
};
/// Which plugins are on at one extension point, and their weights.
using enabled_plugins = std::map<std::string, std::int32_t, std::less<>>;

/// Whether kube-scheduler 1.36 has a plugin of this name.
[[nodiscard]] BERTH_DECL auto is_stock_plugin(std::string_view name) -> bool;

/// Takes over which plugins a file leaves on: at each point what its own set enables, and of those that are
/// on at all points the ones that stand there and are not disabled (kubernetes 1.36,
/// `framework/runtime/framework.go`, `expandMultiPointPlugins`). Complains of names that are unknown, stand
/// twice, or do not stand at the point, and of what cannot be: no order, no binding, a plugin that is on with
/// one half only. `more` are plugins beside the stock ones; none of these is on unless it is enabled.
BERTH_DECL auto choose_plugins(plugin_sets const& sets, api::field_path const& at, profile_settings& to,
                               api::field_errors& errors, std::span<stock_plugin const> more = {}) -> void;

} // namespace berth::kube::configuration

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/schedule/configuration/plugin_points.ipp>
#endif
