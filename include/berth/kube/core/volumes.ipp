#pragma once

/// \file
/// The bodies of `berth/kube/core/volumes.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/volumes.hpp>

#include <algorithm>
#include <string_view>

namespace berth::kube::detail {

inline constexpr std::string_view beta_storage_class = "volume.beta.kubernetes.io/storage-class";

inline constexpr std::string_view short_access_modes[][2] = {{"ReadWriteOnce", "RWO"},
                                                             {"ReadOnlyMany", "ROX"},
                                                             {"ReadWriteMany", "RWX"},
                                                             {"ReadWriteOncePod", "RWOP"}};

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto storage_class_of(persistent_volume_claim const& c) -> std::string {
    if (auto const* const old = c.metadata.annotations.find(detail::beta_storage_class)) return *old;
    return c.spec.storage_class_name ? *c.spec.storage_class_name : std::string();
}

BERTH_DECL auto storage_class_of(persistent_volume const& v) -> std::string {
    auto const* const old = v.metadata.annotations.find(detail::beta_storage_class);
    return old != nullptr ? *old : v.spec.storage_class_name;
}

BERTH_DECL auto shown_access_modes(std::vector<std::string> const& modes) -> std::string {
    auto out = std::string();
    for (auto const& [mode, name] : detail::short_access_modes) {
        if (std::find(modes.begin(), modes.end(), mode) == modes.end()) continue;
        if (!out.empty()) out += ',';
        out += name;
    }
    return out;
}

BERTH_DECL auto shown_storage(resource_list const& resources) -> std::string {
    auto const* const amount = resources.find("storage");
    return amount == nullptr ? "0" : amount->to_string();
}

} // namespace berth::kube
