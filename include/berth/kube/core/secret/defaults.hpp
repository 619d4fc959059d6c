#pragma once

/// \file
/// What a secret is when its manifest does not say (Kubernetes 1.36, `pkg/apis/core/v1/defaults.go`).

#include <berth/kube/core/secret/type.hpp>
#include <berth/object/defaults.hpp>

namespace berth::kube {

/// Fills in a secret: plain texts become data.
inline auto set_defaults(secret& s) -> void {
    for (auto& [key, text] : s.string_data) s.data[key] = object::bytes{std::move(text)};
    s.string_data.clear();
    object::apply_defaults(s);
}

} // namespace berth::kube
