#pragma once

/// \file
/// The order of a range that was asked for in another one than that of its keys.

#include <berth/store/types.hpp>

#include <algorithm>
#include <vector>

namespace berth::store::detail {

/// Sorts pairs by a part of them, up or down; equal ones are in the order of their keys either way.
template <class Pair, class Part, class Key>
auto sort_by(std::vector<Pair>& pairs, sort_order order, Part part, Key key) -> void {
    auto const descending = order == sort_order::descend;
    std::sort(pairs.begin(), pairs.end(), [&](Pair const& a, Pair const& b) {
        if (part(a) < part(b)) return !descending;
        if (part(b) < part(a)) return descending;
        return key(a) < key(b);
    });
}

} // namespace berth::store::detail
