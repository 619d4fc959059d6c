#pragma once

/// \file
/// The bodies of `berth/store/etcd/event_source.hpp`.

#include <berth/core/config.hpp>
#include <berth/store/etcd/event_source.hpp>

#include <charconv>

namespace berth::store::detail {

BERTH_DECL auto trusts_progress(std::string_view version) -> bool {
    auto parts = std::array<int, 3>{};
    auto const* at = version.data();
    auto const* const end = at + version.size();
    for (auto& part : parts) {
        auto const [stop, ec] = std::from_chars(at, end, part);
        if (ec != std::errc{}) return false;
        at = stop == end ? stop : stop + 1;
    }
    if (parts[0] != 3 || parts[1] >= 6) return parts[0] > 3 || parts[1] >= 6;
    return (parts[1] == 5 && parts[2] >= 8) || (parts[1] == 4 && parts[2] >= 25);
}

} // namespace berth::store::detail
