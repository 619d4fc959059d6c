#pragma once

/// \file
/// Checks of config maps (Kubernetes 1.36, `pkg/apis/core/validation`).

#include <berth/kube/core/config_map/type.hpp>
#include <berth/kube/core/validation/config.hpp>

namespace berth::kube {

/// Checks a config map that is to be created.
inline auto validate(config_map const& c, api::field_errors& errors) -> void {
    auto const data = api::field_path("data");
    auto const binary = api::field_path("binaryData");
    auto size = std::size_t{0};
    for (auto const& [key, value] : c.data) {
        detail::validate_config_key(key, data, errors);
        if (c.binary_data.contains(key))
            errors.invalid(data.key(key), key, "duplicate of key present in binaryData");
        size += value.size();
    }
    for (auto const& [key, value] : c.binary_data) {
        detail::validate_config_key(key, binary, errors);
        size += value.data.size();
    }
    if (size > detail::config_size_limit)
        errors.too_long(api::field_path(""), static_cast<std::int64_t>(detail::config_size_limit));
}

/// Checks a change of a config map.
inline auto validate_update(config_map const& now, config_map const& before, api::field_errors& errors)
    -> void {
    auto const fixed = before.immutable.value_or(false);
    auto const still = now.immutable.value_or(false);
    detail::validate_immutable(fixed, still, true, "immutable", errors);
    detail::validate_immutable(fixed, still, now.data == before.data, "data", errors);
    detail::validate_immutable(fixed, still, now.binary_data == before.binary_data, "binaryData", errors);
    validate(now, errors);
}

} // namespace berth::kube
