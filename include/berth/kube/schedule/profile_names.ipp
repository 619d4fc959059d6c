#pragma once

/// \file
/// The bodies of `berth/kube/schedule/profile_names.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/schedule/profile_names.hpp>

#include <algorithm>
#include <string_view>

namespace berth::kube {

BERTH_DECL auto profile_names::wanted_by(pod const& p) -> std::string_view {
    auto const& named = p.spec.scheduler_name;
    return named.empty() ? std::string_view("default-scheduler") : std::string_view(named);
}

BERTH_DECL auto profile_names::lane_of(pod const& p) const -> std::optional<std::size_t> {
    auto const at = std::find(names_.begin(), names_.end(), wanted_by(p));
    if (at == names_.end()) return std::nullopt;
    return static_cast<std::size_t>(at - names_.begin());
}

} // namespace berth::kube
