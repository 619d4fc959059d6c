#pragma once

/// \file
/// The bodies of `berth/kube/core/secret/defaults.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/secret/defaults.hpp>

namespace berth::kube {

BERTH_DECL auto set_defaults(secret& s) -> void {
    for (auto& [key, text] : s.string_data) s.data[key] = object::bytes{std::move(text)};
    s.string_data.clear();
    object::apply_defaults(s);
}

} // namespace berth::kube
