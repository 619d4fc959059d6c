#pragma once

/// \file
/// The bodies of `berth/store/detail/prefixed.hpp`.

#include <berth/core/config.hpp>
#include <berth/store/detail/prefixed.hpp>

namespace berth::store::detail {

BERTH_DECL auto below(std::string_view prefix, std::string_view key) -> std::string {
    auto out = std::string{};
    if (key.empty()) return out;
    out.reserve(prefix.size() + key.size());
    return out.append(prefix).append(key);
}

} // namespace berth::store::detail
