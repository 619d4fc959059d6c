#pragma once

/// \file
/// The bodies of `berth/store/etcd/state.hpp`.

#include <berth/core/config.hpp>
#include <berth/store/etcd/state.hpp>

namespace berth::store::detail {

BERTH_DECL auto is_below(std::string_view root, key_range keys) -> bool {
    auto const end = prefix_end(root);
    if (root.empty() || (keys.is_single() && keys.begin.starts_with(root))) return true;
    if (keys.is_single() || !keys.begin.starts_with(root)) return false;
    return end == unbounded || (!keys.is_unbounded() && keys.end <= end);
}

} // namespace berth::store::detail
